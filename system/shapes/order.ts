import { address, amount, bps, bytes32, hexBytes, uint256, unixSeconds } from '@knowton/core'
import * as z from 'zod'

/** An order as its maker signs it (EIP-712 `Order` of the Exchange contract). */
export const order = z.strictObject({
  side: z.union([z.literal(0), z.literal(1)]).meta({ description: '0 = ask, 1 = bid' }),
  maker: address,
  taker: address.meta({ description: 'the only account that may take it; zero = anyone' }),
  collection: address,
  criteriaKind: z
    .union([z.literal(0), z.literal(1), z.literal(2)])
    .meta({ description: '0 = any token of the collection (bids), 1 = this token id, 2 = merkle root of token ids' }),
  criteria: bytes32,
  currency: address,
  pricePerUnit: amount,
  maxFills: z.int().min(1).max(4_294_967_295),
  maxRoyaltyBps: bps,
  maxFeeBps: bps,
  tokenEpoch: uint256.meta({ description: 'the transfer count of the token when signed; 0 = ignore' }),
  start: unixSeconds,
  end: unixSeconds,
  nonce: uint256,
  counter: uint256,
  salt: uint256,
  validation: bytes32,
})
export type Order = z.output<typeof order>

/** An order and its maker's signature over it. */
export const signedOrder = z.strictObject({ order, signature: hexBytes })

export const orderState = z.enum(['open', 'settling', 'filled', 'cancelled', 'expired', 'unfillable'])

/** Where an order stands. `reserved` fills are matched and on their way to the chain; `filled` ones are on it. */
export const orderView = z.object({
  orderHash: bytes32,
  order,
  signature: hexBytes.meta({ description: 'what whoever takes the order on chain passes along' }),
  state: orderState,
  /** Why it can no longer fill, when it cannot. */
  reason: z.string().nullable(),
  tokenId: uint256.nullable(),
  filled: z.int(),
  reserved: z.int(),
  /** Server sequence: the time in price–time priority. */
  sequence: z.int(),
  placedAt: z.iso.datetime(),
})
