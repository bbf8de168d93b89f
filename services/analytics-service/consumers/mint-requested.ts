import { ingest } from './ingest.ts'

/** Keeps every request for a sponsored mint. */
export const mintRequested = ingest<'mintRequested'>('mint_requested', (request, event) => ({
  requested_at: event.occurredAt,
  request_id: request.requestId,
  work_id: request.workId,
  token_id: request.tokenId,
  creator: request.voucher.creator,
  recipient: request.voucher.to,
  price: request.voucher.price,
  currency: request.voucher.currency,
  royalty_bps: request.voucher.royaltyBps,
  royalty_receiver: request.voucher.royaltyReceiver,
}))
