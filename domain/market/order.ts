import type { Hex } from '@knowton/core'

/** An order as its maker signs it; field for field the `Order` struct of the Exchange contract. */
export type Order = {
  /** 0 = ask, 1 = bid. */
  readonly side: 0 | 1
  readonly maker: Hex
  /** The only account that may take it; zero = anyone. */
  readonly taker: Hex
  readonly collection: Hex
  /** 0 = any token of the collection, 1 = the token `criteria`, 2 = a token under the merkle root `criteria`. */
  readonly criteriaKind: 0 | 1 | 2
  readonly criteria: Hex
  /** Zero = the chain's native currency. */
  readonly currency: Hex
  /** Base units of `currency`. */
  readonly pricePerUnit: bigint
  readonly maxFills: number
  readonly maxRoyaltyBps: number
  readonly maxFeeBps: number
  /** Transfer count the token must have; 0 = ignore. */
  readonly tokenEpoch: bigint
  /** First and last second, by the chain's clock, at which the order may fill. */
  readonly start: number
  readonly end: number
  readonly nonce: bigint
  readonly counter: bigint
  readonly salt: bigint
  readonly validation: Hex
}

export type Side = 'ask' | 'bid'

/** What the book needs to know of an order. An ask is for one token and fills once. */
export type BookOrder = {
  readonly orderHash: Hex
  readonly side: Side
  readonly maker: Hex
  /** The only account that may take it; undefined = anyone. */
  readonly taker: Hex | undefined
  /** Undefined = any token of the collection; bids only. */
  readonly tokenId: bigint | undefined
  /** Base units for one token: the least an ask takes, the most a bid gives. */
  readonly price: bigint
  readonly maxFills: number
  /** Last second, since 1970, at which it may match. */
  readonly end: number
  /** Place in the book's command log: the time in price–time priority. */
  readonly sequence: bigint
}

/** 20 zero bytes: the native currency, or nobody. */
export const ZERO_ADDRESS: Hex = `0x${'0'.repeat(40)}`

/** 32 zero bytes. */
export const ZERO_BYTES32: Hex = `0x${'0'.repeat(64)}`

/** The side as a word. */
export const sideOf = (order: Pick<Order, 'side'>): Side => (order.side === 0 ? 'ask' : 'bid')

/** The token an order names; undefined when it takes any of the collection. */
export const tokenIdOfOrder = (order: Pick<Order, 'criteriaKind' | 'criteria'>): bigint | undefined =>
  order.criteriaKind === 1 ? BigInt(order.criteria) : undefined

/** The book's view of a signed order that passed `checkTerms`. */
export const toBookOrder = (order: Order, orderHash: Hex, sequence: bigint): BookOrder => ({
  orderHash,
  side: sideOf(order),
  maker: order.maker,
  taker: order.taker === ZERO_ADDRESS ? undefined : order.taker,
  tokenId: tokenIdOfOrder(order),
  price: order.pricePerUnit,
  maxFills: order.maxFills,
  end: order.end,
  sequence,
})
