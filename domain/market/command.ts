import type { Hex } from '@knowton/core'
import type { BookOrder } from './order.ts'
import type { Hold } from './standing.ts'

/**
 * Everything that can happen to a book. The commands in the order of their sequence are the book: replayed, they give
 * the same matches and standings.
 */
export type Command =
  /** `now`: seconds since 1970; orders that end before it do not match. */
  | { readonly kind: 'place'; readonly order: BookOrder; readonly filled: number; readonly now: number }
  | { readonly kind: 'cancel'; readonly orderHash: Hex }
  | { readonly kind: 'expire'; readonly orderHash: Hex }
  | { readonly kind: 'hold'; readonly orderHash: Hex; readonly reason: Hold }
  | { readonly kind: 'resume'; readonly orderHash: Hex; readonly now: number }
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
