import { type Hex, toUnixSeconds } from '@knowton/core'
import type { Hold } from '@knowton/domain/market'
import type { Consumer, ConsumerContext, EventOf } from '@knowton/kit'
import { lockBooks } from '../books/book-store.ts'
import { openBook } from '../books/book-writer.ts'
import { findMatch, type MatchRow, saveMatch } from '../matches/match-store.ts'
import { examineOrder } from '../orders/examine-order.ts'
import { findOrders, type OrderRecord } from '../orders/order-store.ts'
import type { Declared, Ports } from '../ports.ts'

/**
 * A match that will never settle gives both units back, once. The chain tells which order was at fault: that one is
 * held, the other goes back on the book and is matched again.
 */
export const relayFailed: Consumer<Declared, 'relayFailed', Ports> = async (event, context) => {
  const { payload } = event
  const { tx, ports, now, publish } = context
  if (payload.work !== 'settlement') return
  const seen = await findMatch(tx, payload.requestId)
  if (seen?.state !== 'settling') return
  const faults = await findFaults(seen, event, context)
  await lockBooks(tx, ports.contracts)
  if ((await findMatch(tx, payload.requestId))?.state !== 'settling') return
  const book = await openBook({ tx, publish, now, ports, causationId: event.id }, seen)
  const { ask_hash: askHash, bid_hash: bidHash } = seen
  const reason = { code: 'order.settlement', says: `Its settlement failed: ${payload.says}` }
  await book.change({ kind: 'release', askHash, bidHash, reason })
  await saveMatch(tx, payload.requestId, {
    state: 'failed',
    finality: null,
    transactionHash: payload.transactionHash,
    failure: payload.says,
  })
  const ended = (record: OrderRecord) => record.order.end < toUnixSeconds(now)
  for (const { record, fault } of faults) {
    const { orderHash } = record.order
    if (ended(record)) await book.change({ kind: 'expire', orderHash })
    else if (fault !== undefined) await book.change({ kind: 'hold', orderHash, reason: fault })
  }
  for (const { record, fault } of faults) {
    if (fault === undefined && !ended(record)) await book.resume(record.order.orderHash)
  }
}

type Found = { readonly record: OrderRecord; readonly fault: Hold | undefined }

/** Each order with what the chain has against it; when it has nothing, the later order waits, lest the two match for ever. */
const findFaults = async (
  match: MatchRow,
  { payload }: EventOf<Declared, 'relayFailed'>,
  { tx, ports, signal, now }: ConsumerContext<Declared, Ports>,
): Promise<readonly Found[]> => {
  const hashes: readonly Hex[] = [match.ask_hash, match.bid_hash]
  const records = (await findOrders(tx, hashes)).toSorted((left, right) =>
    Number(left.order.sequence - right.order.sequence),
  )
  const examination = { ports, sql: tx, signal, exceptMatch: match.request_id }
  const found = await Promise.all(
    records.map(async (record) => ({ record, fault: await examineOrder(record, examination) })),
  )
  const [older, newer] = found
  if (older === undefined || newer === undefined) throw new RangeError(`match ${match.request_id} lacks an order`)
  const hasCause = found.some(({ record, fault }) => fault !== undefined || record.order.end < toUnixSeconds(now))
  if (hasCause) return found
  const says = `Its settlement failed: ${payload.says} It is tried again in ${ports.recheckSeconds} s.`
  return [older, { ...newer, fault: { code: 'order.settlement', says } }]
}
