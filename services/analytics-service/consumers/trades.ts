import { factColumns } from './fact-columns.ts'
import { ingest } from './ingest.ts'

/** Keeps the latest state of every trade. */
export const trades = ingest<'trades'>('trades', (trade) => ({
  ...factColumns(trade),
  collection: trade.collection,
  token_id: trade.tokenId,
  ask_hash: trade.askHash,
  bid_hash: trade.bidHash,
  seller: trade.seller,
  buyer: trade.buyer,
  currency: trade.currency,
  price: trade.price,
  fee: trade.fee,
  royalty: trade.royalty,
  royalty_receiver: trade.royaltyReceiver,
}))
