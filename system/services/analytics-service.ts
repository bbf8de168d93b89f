import { address, amount, bytes32, instant, page, pageQuery, route, service, uint256 } from '@knowton/core'
import * as z from 'zod'
import { finality } from '../shapes/fact.ts'
import { nftMinted, relayFailed, royaltyDistributions, tokenTransfers, trades } from '../topics/chain.ts'
import { contentRegistered, mintRequested } from '../topics/content.ts'
import { orderChanges, ordersMatched } from '../topics/market.ts'

const window = { from: instant.optional(), to: instant.optional() }
const subject = { collection: address.optional(), tokenId: uint256.optional() }

/** A sum of amounts; unlike one amount it may need more than 256 bits. */
const total = z.codec(
  z
    .string()
    .regex(/^(0|[1-9]\d{0,99})$/)
    .meta({ description: 'A sum in base units as a decimal string.' }),
  z.bigint().min(0n),
  { decode: (digits) => BigInt(digits), encode: (value) => value.toString() },
)

/** Counts everything: each topic into ClickHouse tables, each number from them. */
export const analyticsService = service({
  name: 'analytics-service',
  summary: 'Ingests every topic into ClickHouse and answers volumes, candles, floors, holders and statements.',
  routes: {
    getVolume: route({
      method: 'GET',
      path: '/analytics/volume',
      summary: 'Volume by currency in a window (from inclusive, to exclusive).',
      access: 'public',
      query: z.object({ ...window, ...subject }),
      output: z.object({
        items: z.array(z.object({ currency: address, trades: z.int(), volume: total, fees: total, royalties: total })),
      }),
      errors: [],
    }),
    listTrades: route({
      method: 'GET',
      path: '/analytics/trades',
      summary: 'Trades, newest first.',
      access: 'public',
      query: z.object({ ...pageQuery, ...window, ...subject, account: address.optional() }),
      output: page(
        z.object({
          factId: z.string(),
          at: instant,
          collection: address,
          tokenId: uint256,
          seller: address,
          buyer: address,
          currency: address,
          price: amount,
          fee: amount,
          royalty: amount,
          transactionHash: bytes32,
          finality,
        }),
      ),
      errors: [],
    }),
    getCandles: route({
      method: 'GET',
      path: '/analytics/candles',
      summary:
        'Open, high, low, close and volume of a token (or collection) per interval, oldest first: the newest 2,000 of the window; intervals without trades are left out.',
      access: 'public',
      query: z.object({
        ...window,
        ...subject,
        currency: address,
        interval: z.enum(['1m', '5m', '1h', '1d']).default('1h'),
      }),
      output: z.object({
        items: z.array(
          z.object({
            start: instant,
            open: amount,
            high: amount,
            low: amount,
            close: amount,
            volume: total,
            trades: z.int(),
          }),
        ),
      }),
      errors: [],
    }),
    getFloor: route({
      method: 'GET',
      path: '/analytics/floor',
      summary: 'The cheapest open ask of a collection in a currency.',
      access: 'public',
      query: z.object({ collection: address, currency: address }),
      output: z.object({
        floor: z.object({ price: amount, tokenId: uint256, orderHash: bytes32 }).nullable(),
        asks: z.int(),
      }),
      errors: [],
    }),
    listHolders: route({
      method: 'GET',
      path: '/analytics/holders',
      summary: 'Who holds how many tokens of a collection, most first.',
      access: 'public',
      query: z.object({ ...pageQuery, collection: address }),
      output: page(z.object({ address, tokens: z.int() })),
      errors: [],
    }),
    getRoyaltyStatement: route({
      method: 'GET',
      path: '/analytics/royalties',
      summary:
        'The royalty statement of the signed-in account: per splitter and currency, what came in, its share, what was claimed.',
      access: 'user',
      query: z.object({ to: instant.optional() }),
      output: z.object({
        account: address,
        items: z.array(
          z.object({
            splitter: address,
            tokenIds: z.array(uint256),
            currency: address,
            sharePpm: z.int(),
            received: total,
            earned: total,
            claimed: total,
            claimable: total,
          }),
        ),
      }),
      errors: [],
    }),
    listRoyaltyBooks: route({
      method: 'GET',
      path: '/analytics/royalty-books',
      summary: 'For the audit: every splitter with what came in and what each of its positions claimed and may claim.',
      access: 'internal',
      query: z.object(pageQuery),
      output: page(
        z.object({
          splitter: address,
          positions: z.array(z.object({ position: z.int(), holder: address, sharePpm: z.int() })),
          currencies: z.array(
            z.object({
              currency: address,
              received: total,
              positions: z.array(z.object({ position: z.int(), claimed: total, claimable: total })),
            }),
          ),
        }),
      ),
      errors: [],
    }),
  },
  publishes: {},
  consumes: {
    contentRegistered,
    mintRequested,
    nftMinted,
    tokenTransfers,
    trades,
    royaltyDistributions,
    relayFailed,
    ordersMatched,
    orderChanges,
  },
  stores: {
    db: { kind: 'postgres', summary: 'How far each topic was read; parked events.' },
    warehouse: { kind: 'clickhouse', summary: 'Every fact as a row.' },
  },
  chain: false,
  config: {},
  secrets: {},
  size: 'large',
  pool: 'memory-optimized',
  instances: 'many',
  needs: ['cache'],
})
