import type { Consumer } from '@knowton/kit'
import { lockBooks } from '../books/book-store.ts'
import { openBook } from '../books/book-writer.ts'
import { findEpoch, saveEpoch } from '../chain/token-store.ts'
import { recheckToken } from '../orders/due-order-store.ts'
import { findOutdatedOrders } from '../orders/order-store.ts'
import type { Declared, Ports } from '../ports.ts'

/** A listing dies when its token moves: orders signed for an earlier epoch of the token are held. */
export const tokenTransfers: Consumer<Declared, 'tokenTransfers', Ports> = async (event, context) => {
  const { payload: fact } = event
  const { tx, publish, ports, now } = context
  if (fact.collection !== ports.contracts.workToken) return
  await lockBooks(tx, ports.contracts)
  const epoch = await findEpoch(tx, fact.tokenId)
  if (fact.reverted) {
    if (epoch === undefined || epoch < fact.epoch) return
    await saveEpoch(tx, fact.tokenId, fact.epoch - 1n)
    return recheckToken(tx, fact.tokenId, now)
  }
  if (epoch !== undefined && epoch >= fact.epoch) return
  await saveEpoch(tx, fact.tokenId, fact.epoch)
  for (const { orderHash, currency } of await findOutdatedOrders(tx, fact)) {
    const book = await openBook(
      { tx, publish, now, ports, causationId: event.id },
      { collection: fact.collection, currency },
    )
    const says = `The token moved to ${fact.to}: its epoch is ${fact.epoch} now. Sign again with new terms.`
    await book.change({ kind: 'hold', orderHash, reason: { code: 'order.epoch', says } })
  }
}
