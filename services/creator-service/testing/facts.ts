import { randomBytes, randomUUID } from 'node:crypto'
import { silentLog } from '@knowton/adapters/postgres/testing'
import type { Event, Hex, PayloadOf } from '@knowton/core'
import type { Sql } from '@knowton/kit'
import { nftMinted } from '../consumers/nft-minted.ts'
import { relayFailed } from '../consumers/relay-failed.ts'
import { tokenTransfers } from '../consumers/token-transfers.ts'
import type { Declared, Ports } from '../ports.ts'
import type { OpenService } from './open-service.ts'

type Consumes = Declared['consumes']
type Minted = PayloadOf<Consumes['nftMinted']>
type Transfer = PayloadOf<Consumes['tokenTransfers']>
type WireWork = { readonly tokenId: string; readonly contentHash: Hex; readonly uriHash: Hex }

/** Makes what the chain's follower would publish, and lets the service's consumers hear it. */
export type Facts = {
  readonly mint: (work: WireWork, to: Hex, block: number) => Minted
  readonly transfer: (work: WireWork, to: Hex, at: { readonly epoch: bigint; readonly block: number }) => Transfer
  readonly hearMint: (payload: Minted) => Promise<void>
  readonly hearTransfer: (payload: Transfer) => Promise<void>
  readonly hearFailure: (requestId: string, code: string, says: string) => Promise<void>
}

const ZERO_ADDRESS: Hex = `0x${'0'.repeat(40)}`
const randomHash = (): Hex => `0x${randomBytes(32).toString('hex')}`

const placeOf = (collection: Hex, block: number) => ({
  factId: `31337:${randomHash()}:0`,
  chainId: 31_337,
  blockNumber: block,
  blockHash: randomHash(),
  blockTime: new Date(1_800_000_000_000 + block * 1_000),
  transactionHash: randomHash(),
  logIndex: 0,
  finality: 'pending' as const,
  reverted: false,
  collection,
})

/** Facts of the collection at `collection`. */
export const createFacts = (service: OpenService, collection: Hex): Facts => {
  const inTransaction = (work: (context: ReturnType<typeof contextOf>) => Promise<void>) =>
    service.db.transaction((tx) => work(contextOf(service, collection, tx)))
  return {
    mint: (work, to, block) => ({
      ...placeOf(collection, block),
      tokenId: BigInt(work.tokenId),
      creator: `0x${(BigInt(work.tokenId) >> 96n).toString(16).padStart(40, '0')}`,
      to,
      contentHash: work.contentHash,
      uriHash: work.uriHash,
      royaltyBps: 500,
      royaltyReceiver: to,
      price: 0n,
      currency: ZERO_ADDRESS,
    }),
    transfer: (work, to, { epoch, block }) => ({
      ...placeOf(collection, block),
      tokenId: BigInt(work.tokenId),
      from: ZERO_ADDRESS,
      to,
      epoch,
    }),
    hearMint: (payload) => inTransaction((context) => nftMinted(eventOf(payload), context)),
    hearTransfer: (payload) => inTransaction((context) => tokenTransfers(eventOf(payload), context)),
    hearFailure: (requestId, code, says) =>
      inTransaction((context) =>
        relayFailed(eventOf({ requestId, work: 'mint' as const, code, says, transactionHash: null }), context),
      ),
  }
}

const contextOf = (service: OpenService, workToken: Hex, tx: Sql) => ({
  ports: { contracts: { workToken } } as Ports,
  publish: async () => undefined,
  tx,
  log: silentLog,
  signal: new AbortController().signal,
  now: service.clock.now,
})

const eventOf = <P>(payload: P): Event<P> => ({
  id: randomUUID(),
  topic: 'test',
  version: 1,
  key: 'test',
  aggregateVersion: 1,
  occurredAt: new Date(),
  causationId: undefined,
  traceparent: undefined,
  payload,
})
