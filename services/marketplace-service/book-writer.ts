import { type Hex, ok, type Result, toUnixSeconds } from '@knowton/core'
import {
  type Command,
  close,
  fill,
  hold,
  type Match,
  matchable,
  matchOrder,
  newStanding,
  type OwnOrder,
  ownOrderHold,
  release,
  reserve,
  resume,
  type Standing,
  settle,
  toBookOrder,
  unfill,
  unsettle,
} from '@knowton/domain/market'
import type { Sql } from '@knowton/kit'
import { logCommand } from './command-log.ts'
import { insertMatch, type MatchView } from './match-store.ts'
import { announce, causeOf, recheckAfter, type Scene, saveOrder } from './order-changes.ts'
import {
  type BookKey,
  findCandidates,
  findOrders,
  insertOrder,
  type OrderRecord,
  type SignedOrder,
} from './order-store.ts'

/** Commands on orders that are on record. */
export type Change = Exclude<Command, { readonly kind: 'place' | 'resume' }>

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
export const openBook = async (scene: Scene, key: BookKey): Promise<BookWriter> => {
  const rows = await scene.tx.query('SELECT sequence FROM book WHERE collection = $1 AND currency = $2 FOR UPDATE', [
    key.collection,
    key.currency,
  ])
  if (rows.length === 0) throw new RangeError(`there is no book in currency ${key.currency}`)
  return {
    change: (change) => carryOut(scene, key, change),
    place: (placement) => place(scene, key, placement),
    resume: (orderHash) => resumeOrder(scene, key, orderHash),
  }
}

const carryOut = async (scene: Scene, key: BookKey, change: Change): Promise<void> => {
  await logCommand(scene, key, change)
  const hashes = 'orderHash' in change ? [change.orderHash] : [change.askHash, change.bidHash]
  const next = nextStanding(change)
  for (const hash of hashes) {
    const record = await loadOrder(scene.tx, hash)
    await saveOrder(scene, record, next(record.standing))
  }
}

const nextStanding = (change: Change): ((before: Standing) => Standing) => {
  switch (change.kind) {
    case 'cancel':
      return (before) => close(before, 'cancelled')
    case 'expire':
      return (before) => close(before, 'expired')
    case 'hold':
      return (before) => hold(before, change.reason)
    case 'fill':
      return fill
    case 'unfill':
      return (before) => hold(unfill(before), change.reason)
    case 'settle':
      return settle
    case 'unsettle':
      return unsettle
    case 'release':
      return (before) => hold(release(before), change.reason)
  }
}

const place: (scene: Scene, key: BookKey, placement: Placement) => ReturnType<BookWriter['place']> = async (
  scene,
  key,
  placement,
) => {
  const { signed, orderHash, signedBy, filled } = placement
  const now = toUnixSeconds(scene.now)
  const { sequence: _, ...unnumbered } = toBookOrder(signed.order, orderHash, 0n)
  const sequence = await logCommand(scene, key, { kind: 'place', order: unnumbered, filled, now })
  const record: OrderRecord = {
    key,
    order: { ...unnumbered, sequence },
    standing: newStanding(signed.order.maxFills, filled),
    signed,
    signedBy,
    placedAt: scene.now,
  }
  if (!(await insertOrder(scene.tx, record, recheckAfter(scene)))) return { ok: false, refusal: { kind: 'duplicate' } }
  await announce(scene, record)
  const found = await seek(scene, record)
  if (!found.ok) return found
  const matches = await settleOn(scene, record, found.value)
  return ok({ record: matches.length === 0 ? record : await loadOrder(scene.tx, orderHash), matches })
}

const resumeOrder = async (scene: Scene, key: BookKey, orderHash: Hex): Promise<void> => {
  await logCommand(scene, key, { kind: 'resume', orderHash, now: toUnixSeconds(scene.now) })
  const record = await loadOrder(scene.tx, orderHash)
  const freed = { ...record, standing: resume(record.standing) }
  const found = await seek(scene, freed)
  if (!found.ok) return saveOrder(scene, record, hold(record.standing, ownOrderHold(found.refusal)))
  await saveOrder(scene, record, freed.standing)
  await settleOn(scene, freed, found.value)
}

const seek = async (
  scene: Scene,
  { key, order, standing }: OrderRecord,
): Promise<Result<readonly Match[], OwnOrder>> => {
  const taking = { order, units: matchable(standing), now: toUnixSeconds(scene.now) }
  return matchOrder(taking, await findCandidates(scene.tx, key, taking))
}

/** Reserves both sides of each match, keeps the matches and asks for their settlement. */
const settleOn = async (scene: Scene, taker: OrderRecord, found: readonly Match[]): Promise<readonly MatchView[]> => {
  const matches: MatchView[] = []
  const records = new Map([[taker.order.orderHash, taker]])
  const others = found.map(({ askHash, bidHash }) => (taker.order.side === 'ask' ? bidHash : askHash))
  for (const record of await findOrders(scene.tx, others)) records.set(record.order.orderHash, record)
  const standings = new Map([...records].map(([hash, record]) => [hash, record.standing]))
  for (const match of found) {
    for (const hash of [match.askHash, match.bidHash]) standings.set(hash, reserve(recordIn(standings, hash)))
    const view = toView(scene, taker.key, match)
    await insertMatch(scene.tx, view)
    await scene.publish(
      scene.tx,
      'ordersMatched',
      { ...toFact(view), ask: recordIn(records, match.askHash).signed, bid: recordIn(records, match.bidHash).signed },
      causeOf(scene),
    )
    matches.push(view)
  }
  for (const [hash, record] of found.length === 0 ? [] : records)
    await saveOrder(scene, record, recordIn(standings, hash))
  return matches
}

const toView = (scene: Scene, key: BookKey, match: Match): MatchView => ({
  requestId: scene.ports.newId(),
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
  matchedAt: scene.now,
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
