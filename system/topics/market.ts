import { address, amount, bytes32, instant, recordId, topic, uint256 } from '@knowton/core'
import * as z from 'zod'
import { orderState, signedOrder } from '../shapes/order.ts'

/** Two orders that cross, reserved for each other until the chain says how it went. */
export const ordersMatched = topic({
  name: 'orders-matched',
  version: 1,
  summary: 'The book matched an ask and a bid; they await settlement.',
  payload: z.object({
    /** The match, and the id of the relay request that settles it. */
    requestId: recordId,
    collection: address,
    tokenId: uint256,
    currency: address,
    price: amount,
    askHash: bytes32,
    bidHash: bytes32,
    ask: signedOrder,
    bid: signedOrder,
    matchedAt: instant,
  }),
  key: (fact) => fact.tokenId.toString(),
  partitions: 12,
  retentionDays: 30,
})

/** An order came, filled, or can no longer fill. */
export const orderChanges = topic({
  name: 'order-changes',
  version: 1,
  summary: 'An order was placed or changed its state.',
  payload: z.object({
    orderHash: bytes32,
    side: z.enum(['ask', 'bid']),
    maker: address,
    collection: address,
    /** Null for a bid on any token of the collection. */
    tokenId: uint256.nullable(),
    currency: address,
    price: amount,
    state: orderState,
    /** How many more units may fill. */
    remaining: z.int().min(0),
    reason: z.string().nullable(),
    changedAt: instant,
  }),
  key: (fact) => fact.orderHash,
  partitions: 12,
  retentionDays: 30,
})
