import { factColumns } from './fact-columns.ts'
import { ingest } from './ingest.ts'

/** Keeps the latest state of every movement of a token. */
export const tokenTransfers = ingest<'tokenTransfers'>('token_transfers', (transfer) => ({
  ...factColumns(transfer),
  collection: transfer.collection,
  token_id: transfer.tokenId,
  sender: transfer.from,
  recipient: transfer.to,
  epoch: transfer.epoch,
}))
