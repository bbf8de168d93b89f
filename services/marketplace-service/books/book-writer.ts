import { type Hex, ok, type Result, toUnixSeconds } from '@knowton/core'
import {
  type Change,
  type FillState,
  hold,
  type Match,
  matchableUnits,
  matchOrder,
  newFillState,
  nextFillState,
  type OwnOrder,
  ordersOf,
  ownOrderHold,
  reserve,
  resume,
  toBookOrder,
} from '@knowton/domain/market'
import type { Sql } from '@knowton/kit'
import { insertMatch, type MatchView } from '../matches/match-store.ts'
import { findCandidates } from '../orders/candidate-store.ts'
import { announce, causeOf, recheckAfter, saveOrder, type WriteContext } from '../orders/order-changes.ts'
import { type BookKey, findOrders, insertOrder, type OrderRecord, type SignedOrder } from '../orders/order-store.ts'
import { lockBook, logCommand } from './book-store.ts'

/** A new order that passed every check. */
export type Placement = {
  readonly signed: SignedOrder
  readonly orderHash: Hex
  readonly signedBy: 'key' | 'contract'
  /** Units that the chain had filled before. */
  readonly filled: number
}
export type Placed = { readonly record: OrderRecord; readonly matches: readonly MatchView[] }

/** Writes to one book; whoever has it is the only one until the transaction ends. */
export type BookWriter = {
  /** Carries a change out. Throws RangeError when it cannot follow what happened before. */
  readonly change: (change: Change) => Promise<void>
  /** Puts a new order on the book and matches it. Refused: nothing may be committed. */
  readonly place: (placement: Placement) => Promise<Result<Placed, OwnOrder | { readonly kind: 'duplicate' }>>
  /** Ends an order's hold and matches it, or holds it anew behind an order of its own maker. */
  readonly resume: (orderHash: Hex) => Promise<void>
}

/** Waits until nobody else writes to the book. Throws RangeError when there is no such book. */
export const openBook = async (context: WriteContext, key: BookKey): Promise<BookWriter> => {
  await lockBook(context.tx, key)
  return {
    change: (change) => applyChange(context, key, change),
    place: (placement) => placeOrder(context, key, placement),
    resume: (orderHash) => resumeOrder(context, key, orderHash),
  }
}

const applyChange = async (context: WriteContext, key: BookKey, change: Change): Promise<void> => {
  await logCommand(context.tx, key, change, context.now)
  for (const hash of ordersOf(change)) {
    const record = await loadOrder(context.tx, hash)
    await saveOrder(context, record, nextFillState(record.fillState, change))
  }
}

const placeOrder: (context: WriteContext, key: BookKey, placement: Placement) => ReturnType<BookWriter['place']> =
  async (context, key, placement) => {
    const { signed, orderHash, signedBy, filled } = placement
    const now = toUnixSeconds(context.now)
    const { sequence: _, ...unnumbered } = toBookOrder(signed.order, orderHash, 0n)
    const sequence = await logCommand(context.tx, key, { kind: 'place', order: unnumbered, filled, now }, context.now)
    const record: OrderRecord = {
      key,
      order: { ...unnumbered, sequence },
      fillState: newFillState(signed.order.maxFills, filled),
      signed,
      signedBy,
      placedAt: context.now,
    }
    if (!(await insertOrder(context.tx, record, recheckAfter(context))))
      return { ok: false, refusal: { kind: 'duplicate' } }
    await announce(context, record)
    const found = await findMatches(context, record)
    if (!found.ok) return found
    const matches = await applyMatches(context, record, found.value)
    return ok({ record: matches.length === 0 ? record : await loadOrder(context.tx, orderHash), matches })
  }

const resumeOrder = async (context: WriteContext, key: BookKey, orderHash: Hex): Promise<void> => {
  const { tx, now } = context
  await logCommand(tx, key, { kind: 'resume', orderHash, now: toUnixSeconds(now) }, now)
  const record = await loadOrder(context.tx, orderHash)
  const freed = { ...record, fillState: resume(record.fillState) }
  const found = await findMatches(context, freed)
  if (!found.ok) return saveOrder(context, record, hold(record.fillState, ownOrderHold(found.refusal)))
  await saveOrder(context, record, freed.fillState)
  await applyMatches(context, freed, found.value)
}

const findMatches = async (
  context: WriteContext,
  { key, order, fillState }: OrderRecord,
): Promise<Result<readonly Match[], OwnOrder>> => {
  const incoming = { order, units: matchableUnits(fillState), now: toUnixSeconds(context.now) }
  return matchOrder(incoming, await findCandidates(context.tx, key, incoming))
}

/** Reserves both sides of each match, keeps the matches and asks for their settlement. */
const applyMatches = async (
  context: WriteContext,
  incoming: OrderRecord,
  found: readonly Match[],
): Promise<readonly MatchView[]> => {
  const matches: MatchView[] = []
  const records = new Map([[incoming.order.orderHash, incoming]])
  const others = found.map(({ askHash, bidHash }) => (incoming.order.side === 'ask' ? bidHash : askHash))
  for (const record of await findOrders(context.tx, others)) records.set(record.order.orderHash, record)
  const fillStates = new Map<Hex, FillState>([...records].map(([hash, record]) => [hash, record.fillState]))
  for (const match of found) {
    for (const hash of [match.askHash, match.bidHash]) fillStates.set(hash, reserve(recordIn(fillStates, hash)))
    const view = toView(context, incoming.key, match)
    await insertMatch(context.tx, view)
    await context.publish(
      context.tx,
      'ordersMatched',
      { ...toFact(view), ask: recordIn(records, match.askHash).signed, bid: recordIn(records, match.bidHash).signed },
      causeOf(context),
    )
    matches.push(view)
  }
  for (const [hash, record] of found.length === 0 ? [] : records)
    await saveOrder(context, record, recordIn(fillStates, hash))
  return matches
}

const toView = (context: WriteContext, key: BookKey, match: Match): MatchView => ({
  requestId: context.ports.newId(),
  collection: key.collection,
  tokenId: match.tokenId,
  currency: key.currency,
  price: match.price,
  askHash: match.askHash,
  bidHash: match.bidHash,
  seller: match.seller,
  buyer: match.buyer,
  state: 'settling',
  finality: null,
  transactionHash: null,
  failure: null,
  matchedAt: context.now,
})

const toFact = ({ requestId, collection, tokenId, currency, price, askHash, bidHash, matchedAt }: MatchView) => ({
  requestId,
  collection,
  tokenId,
  currency,
  price,
  askHash,
  bidHash,
  matchedAt,
})

const loadOrder = async (tx: Sql, orderHash: Hex): Promise<OrderRecord> => {
  const [record] = await findOrders(tx, [orderHash])
  if (record === undefined) throw new RangeError(`there is no order ${orderHash}`)
  return record
}

const recordIn = <T>(map: ReadonlyMap<Hex, T>, hash: Hex): T => {
  const found = map.get(hash)
  if (found === undefined) throw new RangeError(`there is no order ${hash}`)
  return found
}
