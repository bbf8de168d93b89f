import type { Hex } from '@knowton/core'
import { close, type FillState, fill, type Hold, hold, release, settle, unfill, unsettle } from './fill-state.ts'
import type { BookOrder } from './order.ts'

/**
 * Everything that can happen to a book. The commands in the order of their sequence are the book: replayed, they give
 * the same matches and fill states.
 */
export type Command =
  /** `now`: seconds since 1970; orders that end before it do not match. */
  | { readonly kind: 'place'; readonly order: BookOrder; readonly filled: number; readonly now: number }
  | { readonly kind: 'resume'; readonly orderHash: Hex; readonly now: number }
  | Change

/** A command that changes orders and matches none. */
export type Change =
  | { readonly kind: 'cancel'; readonly orderHash: Hex }
  | { readonly kind: 'expire'; readonly orderHash: Hex }
  | { readonly kind: 'hold'; readonly orderHash: Hex; readonly reason: Hold }
  /** The chain settled a match. */
  | { readonly kind: 'settle'; readonly askHash: Hex; readonly bidHash: Hex }
  /** The chain undid a settled match, which is on its way again. */
  | { readonly kind: 'unsettle'; readonly askHash: Hex; readonly bidHash: Hex }
  /** A match will never settle: both orders are held until each has been looked at. */
  | { readonly kind: 'release'; readonly askHash: Hex; readonly bidHash: Hex; readonly reason: Hold }
  /** A taker filled the order on chain, outside of any match. */
  | { readonly kind: 'fill'; readonly orderHash: Hex }
  /** The chain undid such a fill: the order is held until it has been looked at. */
  | { readonly kind: 'unfill'; readonly orderHash: Hex; readonly reason: Hold }

/** The orders that a change is about, the ask of a match first. */
export const ordersOf = (change: Change): readonly Hex[] =>
  'orderHash' in change ? [change.orderHash] : [change.askHash, change.bidHash]

/** What a change makes of the fill state of each of its orders. Throws RangeError when it cannot follow `before`. */
export const nextFillState = (before: FillState, change: Change): FillState => {
  switch (change.kind) {
    case 'cancel':
      return close(before, 'cancelled')
    case 'expire':
      return close(before, 'expired')
    case 'hold':
      return hold(before, change.reason)
    case 'fill':
      return fill(before)
    case 'unfill':
      return hold(unfill(before), change.reason)
    case 'settle':
      return settle(before)
    case 'unsettle':
      return unsettle(before)
    case 'release':
      return hold(release(before), change.reason)
  }
}
