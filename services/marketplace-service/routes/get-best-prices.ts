import { ok, toUnixSeconds } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import { findLevels } from '../books/level-store.ts'
import type { Declared, Ports } from '../ports.ts'

/** Answers with the first level of each side. */
export const getBestPrices: Handler<Declared, 'getBestPrices', Ports> = async ({ params, query }, { ports, now }) => {
  const question = {
    collection: ports.contracts.workToken,
    currency: query.currency,
    tokenId: params.tokenId,
    now: toUnixSeconds(now),
    limit: 1,
  }
  const [[ask], [bid]] = await Promise.all([
    findLevels(ports.db, 'ask', question),
    findLevels(ports.db, 'bid', question),
  ])
  return ok({ ask: ask ?? null, bid: bid ?? null })
}
