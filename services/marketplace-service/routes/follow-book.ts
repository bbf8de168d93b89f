import { ok } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { OrderChange } from '../feed/change-store.ts'
import type { Declared, Ports } from '../ports.ts'

/** Streams the changes of the orders on a token, from the moment of the request on. */
export const followBook: Handler<Declared, 'followBook', Ports> = async ({ params }, { ports, signal }) =>
  ok(toEvents(await ports.feed.follow(params.tokenId, signal)))

async function* toEvents(changes: AsyncIterable<OrderChange>) {
  for await (const { orderHash, side, price, state, changedAt } of changes) {
    yield { orderHash, side, price, state, at: changedAt }
  }
}
