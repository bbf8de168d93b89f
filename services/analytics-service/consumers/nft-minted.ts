import { factColumns } from './fact-columns.ts'
import { ingest } from './ingest.ts'

/** Keeps the latest state of every mint. */
export const nftMinted = ingest<'nftMinted'>('nft_minted', (mint) => ({
  ...factColumns(mint),
  collection: mint.collection,
  token_id: mint.tokenId,
  creator: mint.creator,
  recipient: mint.to,
  content_hash: mint.contentHash,
  uri_hash: mint.uriHash,
  royalty_bps: mint.royaltyBps,
  royalty_receiver: mint.royaltyReceiver,
  price: mint.price,
  currency: mint.currency,
}))
