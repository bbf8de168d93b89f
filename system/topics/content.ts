import { accountId, bytes32, instant, recordId, topic, uint256 } from '@knowton/core'
import * as z from 'zod'
import { shares, signedVoucher, workKind } from '../shapes/work.ts'

/** A work and its terms are on record. */
export const contentRegistered = topic({
  name: 'content-registered',
  version: 1,
  summary: 'A creator registered a work with its content hash, shares and royalty.',
  payload: z.object({
    workId: recordId,
    creator: accountId,
    title: z.string(),
    kind: workKind,
    mediaType: z.string(),
    sizeBytes: z.int(),
    contentHash: bytes32,
    cid: z.string(),
    tokenId: uint256,
    royaltyBps: z.int(),
    shares,
    registeredAt: instant,
  }),
  key: (fact) => fact.workId,
  partitions: 6,
  retentionDays: 30,
})

/** The creator signed a voucher and asks the platform to mint at its own cost. */
export const mintRequested = topic({
  name: 'mint-requested',
  version: 1,
  summary: 'A creator asked for a sponsored mint of a work.',
  payload: z.object({
    requestId: recordId,
    workId: recordId,
    tokenId: uint256,
    ...signedVoucher.shape,
    /** Deploys the splitter named in the voucher when it is not there yet. */
    split: z.object({ shares, salt: bytes32 }),
  }),
  key: (fact) => fact.tokenId.toString(),
  partitions: 6,
  retentionDays: 7,
})
