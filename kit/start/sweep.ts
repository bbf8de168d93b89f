import { type Clock, wait } from '@knowton/core'
import type { Database } from '../stores.ts'

const HOUR_MS = 3_600_000
/** A client may repeat a request for a week; then its key is forgotten. */
const KEEP_HOURS = 8 * 24
/** Rows deleted in one transaction. */
const SWEEP_SIZE = 5_000

/** Adds the job that forgets old idempotency keys, once an hour. */
export const withSweep = (
  jobs: Readonly<Record<string, () => Promise<void>>>,
  database: Database,
  clock: Clock,
  signal: AbortSignal,
): Readonly<Record<string, () => Promise<void>>> => ({
  ...jobs,
  forgetIdempotencyKeys: async () => {
    while (!signal.aborted) {
      const deleted = await forgetBefore(database, new Date(clock().getTime() - KEEP_HOURS * HOUR_MS))
      if (deleted < SWEEP_SIZE) await wait(HOUR_MS, signal)
    }
  },
})

const forgetBefore = async (database: Database, before: Date): Promise<number> => {
  const rows = await database.query(
    `DELETE FROM kit.idempotency WHERE (account, key) IN (
       SELECT account, key FROM kit.idempotency WHERE created_at < $1 ORDER BY created_at LIMIT ${SWEEP_SIZE}) RETURNING 1`,
    [before],
  )
  return rows.length
}
