import type { AccountId, Hex } from '@knowton/core'
import { canonicalJson, type Json } from './canonical-json.ts'
import type { WorkKind } from './media.ts'
import type { Share } from './shares.ts'

/** Everything that the metadata of a work says. */
export type MetadataFacts = {
  readonly title: string
  readonly description: string
  readonly creator: AccountId
  readonly kind: WorkKind
  readonly mediaType: string
  readonly sizeBytes: number
  readonly contentHash: Hex
  readonly cid: string
  readonly shares: readonly Share[]
  readonly royaltyBps: number
  readonly royaltyReceiver: Hex
}

/** The ERC-721 metadata of a work, as the very bytes whose SHA-256 its token carries (RFC 8785, UTF-8). */
export const metadataBytes = (work: MetadataFacts): Uint8Array => new TextEncoder().encode(canonicalJson(toJson(work)))

const toJson = (work: MetadataFacts): Json => {
  const content = `ipfs://${work.cid}`
  return {
    name: work.title,
    description: work.description,
    content,
    ...mediaLink(work.kind, content),
    properties: {
      contentHash: work.contentHash,
      cid: work.cid,
      mediaType: work.mediaType,
      kind: work.kind,
      sizeBytes: work.sizeBytes,
      creator: work.creator,
      shares: work.shares.map(({ address, sharePpm }) => ({ address, sharePpm })),
      royaltyBps: work.royaltyBps,
      royaltyReceiver: work.royaltyReceiver,
    },
  }
}

/** Where wallets and marketplaces look for what they show. */
const mediaLink = (kind: WorkKind, content: string): { readonly [name: string]: Json } => {
  if (kind === 'image') return { image: content }
  return kind === 'audio' || kind === 'video' ? { animation_url: content } : {}
}

/** The token URI as the contract builds it: a CIDv1 (raw bytes, SHA-256) in base 16, which proves the metadata. */
export const tokenUriOf = (uriHash: Hex): string => `ipfs://f01551220${uriHash.slice(2)}`

/** The salt of a work's splitter: its id (a UUID) as the low 16 of 32 bytes, so that anyone can tell the work from it. */
export const splitSaltOf = (workId: string): Hex => `0x${workId.replaceAll('-', '').toLowerCase().padStart(64, '0')}`
