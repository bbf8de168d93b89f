import type { Hex, PayloadOf } from '@knowton/core'
import type { marketplaceService } from '@knowton/system'
import type { MatchView } from '../matches/match-store.ts'
import { COLLECTION, TEST_USD, type TestMarket } from './open-market.ts'

type Consumes = typeof marketplaceService.consumes
export type Trade = PayloadOf<Consumes['trades']>
export type Transfer = PayloadOf<Consumes['tokenTransfers']>
export type RelayFailure = PayloadOf<Consumes['relayFailed']>

const NONE: Hex = `0x${'0'.repeat(64)}`
let facts = 0

const aFact = () => {
  facts += 1
  const blockHash: Hex = `0x${facts.toString(16).padStart(64, '0')}`
  return {
    factId: `31337:${blockHash}:0`,
    chainId: 31_337,
    blockNumber: facts,
    blockHash,
    blockTime: new Date(1_700_000_000_000),
    transactionHash: blockHash,
    logIndex: 0,
    finality: 'pending',
    reverted: false,
    collection: COLLECTION,
    tokenId: 5n,
  } as const
}

/** A trade of token 5 at 10 tUSD that no order here is part of, apart from `changes`. */
export const aTrade = (changes: Partial<Trade> = {}): Trade => ({
  ...aFact(),
  askHash: NONE,
  bidHash: NONE,
  seller: `0x${'1'.repeat(40)}`,
  buyer: `0x${'2'.repeat(40)}`,
  currency: TEST_USD,
  price: 10_000_000n,
  fee: 100_000n,
  royalty: 500_000n,
  royaltyReceiver: `0x${'3'.repeat(40)}`,
  ...changes,
})

/** The trade that settles a match. */
export const tradeOf = ({ askHash, bidHash, seller, buyer, price, tokenId }: MatchView): Trade =>
  aTrade({ askHash, bidHash, seller, buyer, price, tokenId })

/** Token 5 moves and has `epoch` transfers then. */
export const aTransfer = (from: Hex, to: Hex, epoch: bigint): Transfer => ({ ...aFact(), from, to, epoch })

/** Publishes facts as the chain's follower and the relay would; each resolves once they have taken effect. */
export const hear = {
  trades: (market: TestMarket, ...payloads: readonly Trade[]) =>
    market.hear(...payloads.map((payload) => ({ topic: 'trades', payload }) as const)),
  transfers: (market: TestMarket, ...payloads: readonly Transfer[]) =>
    market.hear(...payloads.map((payload) => ({ topic: 'tokenTransfers', payload }) as const)),
  relayFailed: (market: TestMarket, failure: Partial<RelayFailure>) => {
    const payload: RelayFailure = {
      requestId: '00000000-0000-4000-8000-000000000000',
      work: 'settlement',
      code: 'ExchangeNonceUsed',
      says: 'The nonce is used.',
      transactionHash: null,
      ...failure,
    }
    return market.hear({ topic: 'relayFailed', payload })
  },
  minted: (market: TestMarket, creator: Hex) => {
    const payload = {
      ...aFact(),
      creator,
      to: creator,
      contentHash: NONE,
      uriHash: NONE,
      royaltyBps: 500,
      royaltyReceiver: creator,
      price: 0n,
      currency: TEST_USD,
    }
    return market.hear({ topic: 'nftMinted', payload })
  },
}
