import { ingest } from './ingest.ts'

/** Keeps the latest state of every order. */
export const orderChanges = ingest<'orderChanges'>('order_changes', (change) => ({
  order_hash: change.orderHash,
  side: change.side,
  maker: change.maker,
  collection: change.collection,
  token_id: change.tokenId,
  currency: change.currency,
  price: change.price,
  state: change.state,
  remaining: change.remaining,
  reason: change.reason,
  changed_at: change.changedAt,
}))
