import {
  address,
  amount,
  bps,
  bytes32,
  events,
  instant,
  page,
  pageQuery,
  recordId,
  route,
  service,
  uint256,
} from '@knowton/core'
import * as z from 'zod'
import { chainSettings } from '../settings.ts'
import { finality } from '../shapes/fact.ts'
import { orderState, orderView, signedOrder } from '../shapes/order.ts'
import { nftMinted, relayFailed, tokenTransfers, trades } from '../topics/chain.ts'
import { orderChanges, ordersMatched } from '../topics/market.ts'
import { marketGauges } from './market-gauges.ts'

const bookKey = { params: z.object({ tokenId: uint256 }), query: z.object({ currency: address }) } as const
const level = z.object({ price: amount, units: z.int(), orders: z.int() })
const match = z.object({
  requestId: recordId,
  collection: address,
  tokenId: uint256,
  currency: address,
  price: amount,
  askHash: bytes32,
  bidHash: bytes32,
  seller: address,
  buyer: address,
  state: z.enum(['settling', 'settled', 'failed']),
  /** Set once settled. */
  finality: finality.nullable(),
  transactionHash: bytes32.nullable(),
  failure: z.string().nullable(),
  matchedAt: instant,
})

/** Takes signed orders, keeps price–time books, matches, and finalises by what the chain says. */
export const marketplaceService = service({
  name: 'marketplace-service',
  summary: 'Keeps one order book per token and currency and matches signed orders.',
  routes: {
    getTerms: route({
      method: 'GET',
      path: '/marketplace/terms',
      summary: 'What an order must carry to be taken: domain, unused nonce, counter, token epoch, fee and royalty.',
      access: 'public',
      query: z.object({ maker: address, tokenId: uint256.optional() }),
      output: z.object({
        chainId: z.int(),
        exchange: address,
        collection: address,
        nonce: uint256,
        counter: uint256,
        tokenEpoch: uint256.nullable(),
        feeBps: bps,
        royaltyBps: bps.nullable(),
      }),
      errors: ['token.unknown', 'chain.unreachable'],
    }),
    getBook: route({
      method: 'GET',
      path: '/marketplace/books/:tokenId',
      summary: 'The order book of a token in a currency, best price first; bids on the whole collection included.',
      access: 'public',
      ...bookKey,
      output: z.object({ tokenId: uint256, currency: address, asks: z.array(level), bids: z.array(level) }),
      errors: [],
    }),
    getBestPrices: route({
      method: 'GET',
      path: '/marketplace/books/:tokenId/best',
      summary: 'The lowest ask and the highest bid.',
      access: 'public',
      ...bookKey,
      output: z.object({ ask: level.nullable(), bid: level.nullable() }),
      errors: [],
    }),
    listMatches: route({
      method: 'GET',
      path: '/marketplace/trades',
      summary: 'Matches and how their settlement went, newest first.',
      access: 'public',
      query: z.object({ ...pageQuery, tokenId: uint256.optional(), account: address.optional() }),
      output: page(match),
      errors: [],
    }),
    followBook: route({
      method: 'GET',
      path: '/marketplace/books/:tokenId/events',
      summary: 'Server-sent events: every change of an order or match on a token, as it happens.',
      access: 'public',
      params: z.object({ tokenId: uint256 }),
      output: events(
        z.object({ orderHash: bytes32, side: z.enum(['ask', 'bid']), price: amount, state: orderState, at: instant }),
      ),
      timeoutMs: 3_600_000,
      errors: [],
    }),
    placeOrder: route({
      method: 'POST',
      path: '/orders',
      summary: 'Place a signed ask, bid or collection bid.',
      access: 'user',
      idempotent: true,
      body: signedOrder,
      output: z.object({ order: orderView, matches: z.array(match) }),
      status: 201,
      errors: [
        'order.invalid',
        'order.signature',
        'order.maker',
        'order.expired',
        'order.nonce',
        'order.epoch',
        'order.not-owner',
        'order.not-approved',
        'order.funds',
        'order.currency',
        'order.duplicate',
        'order.self-trade',
        'chain.unreachable',
      ],
    }),
    getOrder: route({
      method: 'GET',
      path: '/orders/:orderHash',
      summary: 'An order and where it stands.',
      access: 'public',
      params: z.object({ orderHash: bytes32 }),
      output: orderView,
      errors: ['order.unknown'],
    }),
    listOrders: route({
      method: 'GET',
      path: '/orders',
      summary: 'Orders, newest first.',
      access: 'public',
      query: z.object({
        ...pageQuery,
        maker: address.optional(),
        tokenId: uint256.optional(),
        state: orderState.optional(),
      }),
      output: page(orderView),
      errors: [],
    }),
    cancelOrder: route({
      method: 'POST',
      path: '/orders/:orderHash/cancellation',
      summary: 'Take an order off the book without gas; on chain it stays valid until its nonce is cancelled there.',
      access: 'user',
      idempotent: true,
      params: z.object({ orderHash: bytes32 }),
      output: orderView,
      errors: ['order.unknown', 'order.maker', 'order.closed', 'order.settling'],
    }),
  },
  publishes: { ordersMatched, orderChanges },
  consumes: { nftMinted, tokenTransfers, trades, relayFailed },
  stores: { db: { kind: 'postgres', summary: 'Signed orders, matches, reservations.' } },
  chain: true,
  config: {
    ...chainSettings,
    /** How often expired orders are taken off the books. */
    expirySweepMs: z.coerce.number().int().min(100).default(1000),
    /** How old the last look at the chain may get for an order on the book. */
    recheckSeconds: z.coerce.number().int().min(1).default(30),
  },
  secrets: {},
  gauges: marketGauges,
  size: 'medium',
  pool: 'general-purpose',
  instances: 'many',
  needs: ['cache'],
})
