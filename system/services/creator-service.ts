import { accountId, address, hexBytes, instant, PPM, page, pageQuery, recordId, route, service } from '@knowton/core'
import * as z from 'zod'
import { chainSettings } from '../settings.ts'
import { mintVoucher, share, signedVoucher, uploadView, workView } from '../shapes/work.ts'
import { nftMinted, relayFailed, tokenTransfers } from '../topics/chain.ts'
import { contentRegistered, mintRequested } from '../topics/content.ts'

const tokens = z.object({
  account: accountId,
  accessToken: z.string(),
  accessExpiresAt: instant,
  refreshToken: z.string(),
  refreshExpiresAt: instant,
})
const creator = z.object({
  account: accountId,
  displayName: z.string(),
  bio: z.string(),
  firstSeenAt: instant,
  works: z.int(),
})
const workParams = z.object({ workId: recordId })

/** The largest file a creator may upload: 2 GiB. */
export const MAX_UPLOAD_BYTES = 2 * 1024 ** 3

/** Wallet sign-in, profiles, uploads, works and their metadata, mint requests, gated delivery. */
export const creatorService = service({
  name: 'creator-service',
  summary: 'Signs creators in, takes their files, keeps their works and asks for mints.',
  routes: {
    createNonce: route({
      method: 'POST',
      path: '/auth/nonce',
      summary: 'Begin a sign-in: the fields an EIP-4361 message must carry.',
      access: 'public',
      output: z.object({
        nonce: z.string(),
        domain: z.string(),
        uri: z.string(),
        chainId: z.int(),
        statement: z.string(),
        version: z.literal('1'),
        expirationTime: instant,
      }),
      status: 201,
      errors: [],
    }),
    signIn: route({
      method: 'POST',
      path: '/auth/sign-in',
      summary: 'Sign in with the signed EIP-4361 message (EOA, ERC-1271 and ERC-6492 accounts).',
      access: 'public',
      body: z.strictObject({ message: z.string().min(1).max(4000), signature: hexBytes }),
      output: tokens,
      errors: ['auth.message', 'auth.nonce', 'auth.signature', 'chain.unreachable'],
    }),
    refresh: route({
      method: 'POST',
      path: '/auth/refresh',
      summary: 'Exchange a refresh token for a new pair; the old one is used up.',
      access: 'public',
      body: z.strictObject({ refreshToken: z.string().min(1).max(200) }),
      output: tokens,
      errors: ['auth.refresh', 'auth.reuse'],
    }),
    signOut: route({
      method: 'POST',
      path: '/auth/sign-out',
      summary: 'Close the session that a refresh token belongs to.',
      access: 'public',
      body: z.strictObject({ refreshToken: z.string().min(1).max(200) }),
      output: z.object({ signedOut: z.literal(true) }),
      errors: [],
    }),
    getMe: route({
      method: 'GET',
      path: '/creators/me',
      summary: 'The signed-in account.',
      access: 'user',
      output: creator,
      errors: [],
    }),
    updateMe: route({
      method: 'PATCH',
      path: '/creators/me',
      summary: 'Change the display name or the biography of the signed-in account.',
      access: 'user',
      body: z.strictObject({
        displayName: z.string().trim().min(1).max(80).optional(),
        bio: z.string().trim().max(2000).optional(),
      }),
      output: creator,
      errors: [],
    }),
    getCreator: route({
      method: 'GET',
      path: '/creators/:account',
      summary: 'An account that has signed in here.',
      access: 'public',
      params: z.object({ account: accountId }),
      output: creator,
      errors: ['creator.unknown'],
    }),
    createUpload: route({
      method: 'POST',
      path: '/content/uploads',
      summary: 'Announce a file; its bytes follow with PUT.',
      access: 'user',
      idempotent: true,
      body: z.strictObject({
        fileName: z.string().min(1).max(255),
        sizeBytes: z.int().min(1).max(MAX_UPLOAD_BYTES),
        sha256: z
          .string()
          .regex(/^0x[0-9a-fA-F]{64}$/, 'must be 0x and 64 hex digits')
          .optional(),
      }),
      output: uploadView,
      status: 201,
      errors: [],
    }),
    putUploadBytes: route({
      method: 'PUT',
      path: '/content/uploads/:uploadId/bytes',
      summary: 'Send the bytes of an announced file (application/octet-stream).',
      access: 'user',
      params: z.object({ uploadId: recordId }),
      body: 'bytes',
      bodyLimitBytes: MAX_UPLOAD_BYTES,
      timeoutMs: 3_600_000,
      output: uploadView,
      errors: [
        'upload.unknown',
        'upload.stored',
        'upload.running',
        'upload.size',
        'upload.digest',
        'upload.empty',
        'storage.full',
      ],
    }),
    getUpload: route({
      method: 'GET',
      path: '/content/uploads/:uploadId',
      summary: 'How far an upload is, and what was stored.',
      access: 'user',
      params: z.object({ uploadId: recordId }),
      output: uploadView,
      errors: ['upload.unknown'],
    }),
    registerWork: route({
      method: 'POST',
      path: '/content',
      summary: 'Register a stored upload as a work, with its collaborators and royalty.',
      access: 'user',
      idempotent: true,
      body: z.strictObject({
        uploadId: recordId,
        title: z.string().trim().min(1).max(200),
        description: z.string().trim().max(5000).default(''),
        shares: z
          .array(share)
          .min(1)
          .max(32)
          .meta({ description: `each account once; sums to exactly ${PPM}` }),
        royaltyBps: z.int().min(0).max(1000),
      }),
      output: workView,
      status: 201,
      errors: ['upload.unknown', 'upload.incomplete', 'work.duplicate', 'work.shares', 'chain.unreachable'],
    }),
    getWork: route({
      method: 'GET',
      path: '/content/:workId',
      summary: 'A work.',
      access: 'public',
      params: workParams,
      output: workView,
      errors: ['work.unknown'],
    }),
    listWorks: route({
      method: 'GET',
      path: '/content',
      summary: 'Works, newest first.',
      access: 'public',
      query: z.object({ ...pageQuery, creator: accountId.optional() }),
      output: page(workView),
      errors: [],
    }),
    getMetadata: route({
      method: 'GET',
      path: '/content/:workId/metadata',
      summary: 'The ERC-721 metadata of a work: the very bytes whose SHA-256 the token carries.',
      access: 'public',
      params: workParams,
      output: 'bytes',
      errors: ['work.unknown'],
    }),
    getFile: route({
      method: 'GET',
      path: '/content/:workId/file',
      summary: 'The file of a work, for its creator and its present owner.',
      access: 'user',
      params: workParams,
      output: 'bytes',
      timeoutMs: 3_600_000,
      errors: ['work.unknown', 'work.no-access'],
    }),
    getVoucher: route({
      method: 'GET',
      path: '/content/:workId/voucher',
      summary: 'The mint voucher that the creator signs (EIP-712).',
      access: 'user',
      params: workParams,
      query: z.object({ to: address.optional() }),
      output: z.object({ voucher: mintVoucher, chainId: z.int(), verifyingContract: address }),
      errors: ['work.unknown', 'work.not-yours', 'mint.requested', 'chain.unreachable'],
    }),
    requestMint: route({
      method: 'POST',
      path: '/content/:workId/mint',
      summary: 'Ask for a mint that the platform pays the gas of.',
      access: 'user',
      idempotent: true,
      params: workParams,
      body: signedVoucher,
      output: workView,
      status: 202,
      errors: [
        'work.unknown',
        'work.not-yours',
        'mint.requested',
        'mint.voucher',
        'mint.signature',
        'mint.quota',
        'chain.unreachable',
      ],
    }),
  },
  publishes: { contentRegistered, mintRequested },
  consumes: { nftMinted, tokenTransfers, relayFailed },
  stores: {
    db: { kind: 'postgres', summary: 'Accounts, sessions, uploads, works and their metadata.' },
    files: { kind: 'files', summary: 'Uploaded files.' },
  },
  chain: true,
  config: {
    ...chainSettings,
    /** The origin people open, e.g. `https://knowton.io`: the domain and URI of sign-in messages. */
    publicOrigin: z.url(),
    accessSeconds: z.coerce.number().int().min(60).max(900).default(900),
    refreshDays: z.coerce.number().int().min(1).max(90).default(30),
    voucherSeconds: z.coerce.number().int().min(60).max(604_800).default(86_400),
    mintsPerDay: z.coerce.number().int().min(1).default(50),
  },
  secrets: {
    /** PKCS #8 PEM of the P-256 key that signs access tokens. */
    accessTokenKey: z.string().min(1),
  },
  size: 'medium',
  pool: 'general-purpose',
  instances: 'many',
  needs: ['vectors', 'inference'],
})
