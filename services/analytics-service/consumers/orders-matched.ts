import { ingest } from './ingest.ts'

/** Keeps every match of two orders. */
export const ordersMatched = ingest<'ordersMatched'>('orders_matched', (match) => ({
  request_id: match.requestId,
  collection: match.collection,
  token_id: match.tokenId,
  currency: match.currency,
  price: match.price,
  ask_hash: match.askHash,
  bid_hash: match.bidHash,
  seller: match.ask.order.maker,
  buyer: match.bid.order.maker,
  matched_at: match.matchedAt,
}))
