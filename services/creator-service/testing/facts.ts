import { randomBytes } from 'node:crypto'
import { addressOf, type Hex } from '@knowton/core'
import type { Creator } from './open-creator.ts'
import type { Work } from './works.ts'

const ZERO_ADDRESS: Hex = `0x${'0'.repeat(40)}`
const randomHash = (): Hex => `0x${randomBytes(32).toString('hex')}`

const placeOf = ({ ports }: Creator, block: number) => ({
  factId: `31337:${randomHash()}:0`,
  chainId: ports.contracts.chainId,
  blockNumber: block,
  blockHash: randomHash(),
  blockTime: new Date(1_800_000_000_000 + block * 1_000),
  transactionHash: randomHash(),
  logIndex: 0,
  finality: 'pending' as 'pending' | 'safe' | 'finalized',
  reverted: false,
  collection: ports.contracts.workToken,
})

/** The work is minted to `to`. */
export const aMint = (service: Creator, work: Work, to: Hex, block: number) => ({
  topic: 'nftMinted' as const,
  payload: {
    ...placeOf(service, block),
    tokenId: work.tokenId,
    creator: addressOf(work.creator),
    to,
    contentHash: work.contentHash,
    uriHash: work.uriHash,
    royaltyBps: 500,
    royaltyReceiver: to,
    price: 0n,
    currency: ZERO_ADDRESS,
  },
})

/** The token of the work goes to `to`, in its movement number `epoch`. */
export const aTransfer = (
  service: Creator,
  work: Work,
  to: Hex,
  at: { readonly epoch: bigint; readonly block: number },
) => ({
  topic: 'tokenTransfers' as const,
  payload: { ...placeOf(service, at.block), tokenId: work.tokenId, from: ZERO_ADDRESS, to, epoch: at.epoch },
})

/** A mint that was asked for will not happen. */
export const aFailure = (requestId: string | null, says: string) => ({
  topic: 'relayFailed' as const,
  payload: {
    requestId: requestId ?? '00000000-0000-4000-8000-000000000000',
    work: 'mint' as 'mint' | 'settlement',
    code: 'WorkTokenVoucherExpired',
    says,
    transactionHash: null,
  },
})

/** The same fact with some of its payload changed. */
export const changed = <F extends { readonly payload: object }>(fact: F, changes: Partial<F['payload']>): F => ({
  ...fact,
  payload: { ...fact.payload, ...changes },
})
