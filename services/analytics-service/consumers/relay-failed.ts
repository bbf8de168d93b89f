import { ingest } from './ingest.ts'

/** Keeps every request that will never take effect. */
export const relayFailed = ingest<'relayFailed'>('relay_failed', (failure, event) => ({
  failed_at: event.occurredAt,
  request_id: failure.requestId,
  work: failure.work,
  code: failure.code,
  says: failure.says,
  transaction_hash: failure.transactionHash,
}))
