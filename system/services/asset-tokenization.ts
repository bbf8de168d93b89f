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
import { nftMinted, relayFailed, royaltyDistributions, tokenTransfers, trades } from '../topics/chain.ts'
import { mintRequested } from '../topics/content.ts'
import { ordersMatched } from '../topics/market.ts'
import { chainGauges } from './chain-gauges.ts'

const token = z.object({
  collection: address,
  tokenId: uint256,
  creator: address,
  owner: address.nullable(),
  epoch: uint256,
  contentHash: bytes32,
  uriHash: bytes32,
  tokenUri: z.string(),
  royaltyBps: bps,
  royaltyReceiver: address,
  finality,
  mintedAt: instant,
  transactionHash: bytes32,
})
const relay = z.object({
  requestId: recordId,
  work: z.enum(['mint', 'settlement']),
  /** `final` = in a finalized block; `failed` = will never take effect. */
  state: z.enum(['queued', 'signed', 'sent', 'confirmed', 'final', 'failed']),
  transactionHashes: z.array(bytes32),
  blockNumber: z.int().nullable(),
  gasUsed: uint256.nullable(),
  gasPriceWei: amount.nullable(),
  failure: z.object({ code: z.string(), says: z.string() }).nullable(),
  updatedAt: instant,
})

/** The only service that sends transactions and follows the chain. */
export const assetTokenization = service({
  name: 'asset-tokenization',
  summary: 'Relays mints and settlements to the chain, follows its blocks and publishes its facts.',
  routes: {
    getContracts: route({
      method: 'GET',
      path: '/tokens/contracts',
      summary: 'The chain, the contracts on it and the currencies that orders may be in.',
      access: 'public',
      output: z.object({
        chainId: z.int(),
        workToken: address,
        exchange: address,
        splitterFactory: address,
        feeBps: bps,
        currencies: z.array(z.object({ address, symbol: z.string(), decimals: z.int() })),
        head: z.object({ number: z.int(), hash: bytes32, time: instant }).nullable(),
      }),
      errors: ['chain.unreachable'],
    }),
    listTokens: route({
      method: 'GET',
      path: '/tokens',
      summary: 'Tokens, newest first.',
      access: 'public',
      query: z.object({ ...pageQuery, owner: address.optional(), creator: address.optional() }),
      output: page(token),
      errors: [],
    }),
    getToken: route({
      method: 'GET',
      path: '/tokens/:tokenId',
      summary: 'A token as the chain has it.',
      access: 'public',
      params: z.object({ tokenId: uint256 }),
      output: token,
      errors: ['token.unknown'],
    }),
    getRoyalties: route({
      method: 'GET',
      path: '/tokens/:tokenId/royalties',
      summary: 'The splitter of a token: its holders, what each may claim now and has claimed.',
      access: 'public',
      params: z.object({ tokenId: uint256 }),
      output: z.object({
        splitter: address,
        positions: z.array(
          z.object({
            position: z.int(),
            holder: address,
            sharePpm: z.int(),
            amounts: z.array(z.object({ currency: address, claimable: amount, claimed: amount })),
          }),
        ),
        received: z.array(z.object({ currency: address, total: amount })),
        blockNumber: z.int(),
      }),
      errors: ['token.unknown', 'chain.unreachable'],
    }),
    getTransaction: route({
      method: 'GET',
      path: '/transactions/:requestId',
      summary: 'How far a relayed mint or settlement is.',
      access: 'public',
      params: z.object({ requestId: recordId }),
      output: relay,
      errors: ['transaction.unknown'],
    }),
    followTransaction: route({
      method: 'GET',
      path: '/transactions/:requestId/events',
      summary: 'Server-sent events: each state a relayed request reaches, until it is final or failed.',
      access: 'public',
      params: z.object({ requestId: recordId }),
      output: events(relay),
      timeoutMs: 3_600_000,
      errors: [],
    }),
  },
  publishes: { nftMinted, tokenTransfers, trades, royaltyDistributions, relayFailed },
  consumes: { mintRequested, ordersMatched },
  stores: {
    db: { kind: 'postgres', summary: 'Relay intents with their signed bytes, block headers, chain facts.' },
  },
  chain: true,
  config: {
    ...chainSettings,
    /** How often the head is asked for. */
    pollMs: z.coerce.number().int().min(50).default(250),
    /** Replace a pending transaction when it has not been mined for so long. */
    stuckSeconds: z.coerce.number().int().min(5).default(60),
    maxFeePerGasWei: z.coerce.bigint().default(500_000_000_000n),
  },
  secrets: {
    /** Private key of the relayer account, 0x and 64 hex digits. */
    relayerKey: z.string().regex(/^0x[0-9a-fA-F]{64}$/),
  },
  gauges: chainGauges,
  size: 'medium',
  pool: 'compute-optimized',
  instances: 'many',
  needs: [],
})
