import type { Hex } from '@knowton/core'
import type { Consumer } from '@knowton/kit'
import { lockBooks } from '../book-store.ts'
import { openBook } from '../book-writer.ts'
import type { Declared, Ports } from '../ports.ts'
import { findEpoch, lookAgainAtToken, saveEpoch } from '../token-store.ts'

/** A listing dies when its token moves: orders signed for an earlier epoch of the token are held. */
export const tokenTransfers: Consumer<Declared, 'tokenTransfers', Ports> = async (event, context) => {
  const { payload: fact } = event
  const { tx, publish, ports, now } = context
  if (fact.collection !== ports.market.collection) return
  await lockBooks(tx, ports.market)
  const epoch = await findEpoch(tx, fact.tokenId)
  if (fact.reverted) {
    if (epoch === undefined || epoch < fact.epoch) return
    await saveEpoch(tx, fact.tokenId, fact.epoch - 1n)
    return lookAgainAtToken(tx, fact.tokenId, now)
  }
  if (epoch !== undefined && epoch >= fact.epoch) return
  await saveEpoch(tx, fact.tokenId, fact.epoch)
  const outdated = await tx.query<{ readonly order_hash: Hex; readonly currency: Hex }>(
    `SELECT order_hash, currency FROM signed_order WHERE token_id = $1 AND state IN ('open', 'settling', 'unfillable')
       AND token_epoch > 0 AND token_epoch < $2 AND hold_code IS DISTINCT FROM 'order.epoch' ORDER BY id`,
    [fact.tokenId, fact.epoch],
  )
  for (const { order_hash: orderHash, currency } of outdated) {
    const book = await openBook(
      { tx, publish, now, ports, causationId: event.id },
      { collection: fact.collection, currency },
    )
    const says = `The token moved to ${fact.to}: its epoch is ${fact.epoch} now. Sign again with new terms.`
    await book.change({ kind: 'hold', orderHash, reason: { code: 'order.epoch', says } })
  }
}
