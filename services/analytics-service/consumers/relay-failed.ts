import { ingest } from './ingest.ts'
import type { TopicPayload } from './topic-types.ts'

/** Keeps every request that will never take effect. */
export const relayFailed = ingest('relay_failed', (failure: TopicPayload<'relayFailed'>, event) => ({
  failed_at: event.occurredAt,
  request_id: failure.requestId,
  work: failure.work,
  code: failure.code,
  says: failure.says,
  transaction_hash: failure.transactionHash,
}))
