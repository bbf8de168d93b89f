import { ingest } from './ingest.ts'

/** Keeps every registered work. */
export const contentRegistered = ingest<'contentRegistered'>('content_registered', (work) => ({
  work_id: work.workId,
  creator: work.creator,
  title: work.title,
  kind: work.kind,
  media_type: work.mediaType,
  size_bytes: work.sizeBytes,
  content_hash: work.contentHash,
  cid: work.cid,
  token_id: work.tokenId,
  royalty_bps: work.royaltyBps,
  share_holders: work.shares.map((share) => share.address),
  shares_ppm: work.shares.map((share) => share.sharePpm),
  registered_at: work.registeredAt,
}))
