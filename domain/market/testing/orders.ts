import type { Hex } from '@knowton/core'
import { type Order, ZERO_ADDRESS, ZERO_BYTES32 } from '../order.ts'

export const COLLECTION: Hex = `0x${'c'.repeat(40)}`
export const CURRENCY: Hex = `0x${'d'.repeat(40)}`
export const SELLER: Hex = `0x${'a'.repeat(40)}`
export const BUYER: Hex = `0x${'b'.repeat(40)}`

/** An ask for token 5 that anyone may take. */
export const anAsk = (changes: Partial<Order> = {}): Order => ({
  side: 0,
  maker: SELLER,
  taker: ZERO_ADDRESS,
  collection: COLLECTION,
  criteriaKind: 1,
  criteria: `0x${'5'.padStart(64, '0')}`,
  currency: CURRENCY,
  pricePerUnit: 1_250_000n,
  maxFills: 1,
  maxRoyaltyBps: 1_000,
  maxFeeBps: 250,
  tokenEpoch: 1n,
  start: 0,
  end: 2_000,
  nonce: 77n,
  counter: 3n,
  salt: 0n,
  validation: ZERO_BYTES32,
  ...changes,
})

/** A bid on token 5. */
export const aBid = (changes: Partial<Order> = {}): Order =>
  anAsk({ side: 1, maker: BUYER, tokenEpoch: 0n, ...changes })
