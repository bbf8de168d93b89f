import { factColumns } from './fact-columns.ts'
import { ingest } from './ingest.ts'
import type { TopicPayload } from './topic-types.ts'

/** Keeps the latest state of every movement of a token. */
export const tokenTransfers = ingest('token_transfers', (transfer: TopicPayload<'tokenTransfers'>) => ({
  ...factColumns(transfer),
  collection: transfer.collection,
  token_id: transfer.tokenId,
  sender: transfer.from,
  recipient: transfer.to,
  epoch: transfer.epoch,
}))
