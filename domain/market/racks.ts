import type { Hex } from '@knowton/core'
import type { BookOrder, Side } from './order.ts'
import { createShelf, type Shelf } from './shelf.ts'

/** Orders of one side that the same accounts may take: by token, and the whole: every ask, or the bids on any token. */
type Rack = { readonly byToken: Map<bigint, Shelf>; readonly whole: Shelf }

/** Where the orders of a book lie. Orders that only one account may take lie apart, so nobody else passes over them. */
export type Racks = { readonly [S in Side]: Map<Hex | undefined, Rack> }

/** No orders. */
export const createRacks = (): Racks => ({ ask: new Map(), bid: new Map() })

/** The shelves an order rests on. */
export const shelvesOf = (racks: Racks, order: BookOrder): readonly Shelf[] => {
  const rack = rackOf(racks, order.side, order.taker)
  if (order.tokenId === undefined) return [rack.whole]
  const shelf = shelfOf(rack, order.tokenId)
  return order.side === 'ask' ? [shelf, rack.whole] : [shelf]
}

/** The shelves an order looks for the other side on: what anyone may take, and what only its maker may. */
export const shelvesFacing = (racks: Racks, order: BookOrder): readonly Shelf[] => {
  const side = order.side === 'ask' ? 'bid' : 'ask'
  const open = shelvesIn(racks[side].get(undefined), side, order.tokenId)
  const own = shelvesIn(racks[side].get(order.maker), side, order.tokenId)
  return own.length === 0 ? open : [...open, ...own]
}

/** The shelves with a side's orders about a token, whoever may take them. */
export const shelvesAbout = (racks: Racks, side: Side, tokenId: bigint): readonly Shelf[] =>
  [...racks[side].values()].flatMap((rack) => shelvesIn(rack, side, tokenId))

const NONE: readonly Shelf[] = []

const shelvesIn = (rack: Rack | undefined, side: Side, tokenId: bigint | undefined): readonly Shelf[] => {
  if (rack === undefined) return NONE
  if (tokenId === undefined) return [rack.whole]
  const shelf = rack.byToken.get(tokenId)
  if (side === 'ask') return shelf === undefined ? NONE : [shelf]
  return shelf === undefined ? [rack.whole] : [shelf, rack.whole]
}

const rackOf = (racks: Racks, side: Side, taker: Hex | undefined): Rack => {
  const found = racks[side].get(taker)
  if (found !== undefined) return found
  const rack = { byToken: new Map<bigint, Shelf>(), whole: createShelf() }
  racks[side].set(taker, rack)
  return rack
}

const shelfOf = (rack: Rack, tokenId: bigint): Shelf => {
  const found = rack.byToken.get(tokenId)
  if (found !== undefined) return found
  const shelf = createShelf()
  rack.byToken.set(tokenId, shelf)
  return shelf
}
