import { type Hex, ok, type Result, refuse } from '@knowton/core'
import type { Hold } from './fill-state.ts'
import type { BookOrder } from './order.ts'

/** An ask and a bid reserved for each other, over one token. */
export type Match = {
  readonly askHash: Hex
  readonly bidHash: Hex
  readonly tokenId: bigint
  /** Of the older order: base units. */
  readonly price: bigint
  readonly seller: Hex
  readonly buyer: Hex
}

/** Matching stopped at an order of the same maker, which stands in the way. */
export type OwnOrder = { readonly kind: 'own-order'; readonly orderHash: Hex; readonly price: bigint }

/** An order of the other side with free units. */
export type Candidate = { readonly order: BookOrder; readonly units: number }

/** An order that has just come in and looks for the other side (the aggressor of its matches). */
export type Incoming = {
  readonly order: BookOrder
  readonly units: number
  /** Seconds since 1970: orders that end before it do not match. */
  readonly now: number
}

/** True when the bid gives at least what the ask takes. */
const crosses = (left: BookOrder, right: BookOrder): boolean =>
  left.side === 'ask' ? right.price >= left.price : left.price >= right.price

/** True when the two name each other or anyone, and one token. */
const mayMeet = (left: BookOrder, right: BookOrder): boolean =>
  left.side !== right.side &&
  (left.taker === undefined || left.taker === right.maker) &&
  (right.taker === undefined || right.taker === left.maker) &&
  (left.tokenId === undefined || right.tokenId === undefined || left.tokenId === right.tokenId)

/**
 * Matches an order with candidates, which come best first, one token at a time at the older order's price. An order of
 * the same maker that would be next ends it: nothing is matched, so that nobody trades with himself and the book is
 * never left crossed.
 */
export const matchOrder = (incoming: Incoming, candidates: Iterable<Candidate>): Result<readonly Match[], OwnOrder> => {
  const matches: Match[] = []
  if (incoming.order.end < incoming.now) return ok(matches)
  let units = incoming.units
  for (const candidate of candidates) {
    if (units === 0 || !crosses(incoming.order, candidate.order)) break
    if (candidate.order.end < incoming.now || !mayMeet(incoming.order, candidate.order)) continue
    if (candidate.order.maker === incoming.order.maker) {
      return refuse({ kind: 'own-order', orderHash: candidate.order.orderHash, price: candidate.order.price })
    }
    const match = matchOf(incoming.order, candidate.order)
    const count = Math.min(units, candidate.units)
    for (let unit = 0; unit < count; unit += 1) matches.push(match)
    units -= count
  }
  return ok(matches)
}

/** Why an order cannot be on the book beside an order of its own maker, and what to do. */
export const ownOrderHold = (own: OwnOrder): Hold => ({
  code: 'order.self-trade',
  says: `It would trade with the maker's own order ${own.orderHash} at ${own.price}; cancel that order first.`,
})

const matchOf = (left: BookOrder, right: BookOrder): Match => {
  const [ask, bid] = left.side === 'ask' ? [left, right] : [right, left]
  const tokenId = ask.tokenId
  if (tokenId === undefined) throw new RangeError('an ask names its token')
  return {
    askHash: ask.orderHash,
    bidHash: bid.orderHash,
    tokenId,
    price: ask.sequence < bid.sequence ? ask.price : bid.price,
    seller: ask.maker,
    buyer: bid.maker,
  }
}
