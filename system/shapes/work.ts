import {
  accountId,
  address,
  amount,
  bps,
  bytes32,
  hexBytes,
  instant,
  PPM,
  recordId,
  uint256,
  unixSeconds,
} from '@knowton/core'
import * as z from 'zod'

/** What a file is, told from its bytes. */
export const workKind = z.enum(['image', 'audio', 'video', 'text', 'document', 'archive', 'software', 'other'])

/** One collaborator's part of the royalty income, in parts per million. */
export const share = z.strictObject({ address, sharePpm: z.int().min(1).max(PPM) })

/** The split of royalty income: sums to exactly 1 000 000, no account twice. Order gives the splitter's positions. */
export const shares = z.array(share).min(1).max(32)

/** The creator's permission to mint one work (EIP-712 `MintVoucher` of the WorkToken contract). */
export const mintVoucher = z.strictObject({
  creator: address,
  to: address,
  contentHash: bytes32,
  uriHash: bytes32,
  royaltyBps: bps,
  royaltyReceiver: address,
  price: amount,
  currency: address,
  validAfter: unixSeconds,
  validUntil: unixSeconds,
  nonce: uint256,
  counter: uint256,
})
export type MintVoucher = z.output<typeof mintVoucher>

export const signedVoucher = z.strictObject({ voucher: mintVoucher, signature: hexBytes })

export const uploadView = z.object({
  id: recordId,
  state: z.enum(['waiting', 'receiving', 'stored', 'failed']),
  fileName: z.string(),
  sizeBytes: z.int(),
  receivedBytes: z.int(),
  /** Set once stored, from the stored bytes. */
  sha256: bytes32.nullable(),
  cid: z.string().nullable(),
  kind: workKind.nullable(),
  mediaType: z.string().nullable(),
  /** Why it failed, when it did. */
  failure: z.string().nullable(),
  createdAt: instant,
})

export const workState = z.enum(['registered', 'minting', 'minted', 'mint-failed'])

export const workView = z.object({
  id: recordId,
  state: workState,
  creator: accountId,
  title: z.string(),
  description: z.string(),
  fileName: z.string(),
  kind: workKind,
  mediaType: z.string(),
  sizeBytes: z.int(),
  /** SHA-256 of the file; the low 96 bits are in the token id. */
  contentHash: bytes32,
  cid: z.string(),
  shares,
  royaltyBps: bps,
  /** The splitter clone that receives royalties; known before it is deployed. */
  royaltyReceiver: address,
  tokenId: uint256,
  /** SHA-256 of the metadata JSON. */
  uriHash: bytes32,
  tokenUri: z.string(),
  owner: address.nullable(),
  /** The id to follow the mint by under /transactions. */
  mintRequestId: recordId.nullable(),
  mintFailure: z.string().nullable(),
  transactionHash: bytes32.nullable(),
  createdAt: instant,
})
