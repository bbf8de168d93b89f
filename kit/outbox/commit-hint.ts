import type { Sql } from '../stores.ts'

/** At most one notification in this time: a busy log is read again anyway. */
const HINT_INTERVAL_MS = 5

// Without waiting for the disk: a lost hint costs its reader one polling interval.
const notify = "SELECT set_config('synchronous_commit', 'off', true), pg_notify('events', '')"

/**
 * Tells readers that something was appended, after the commit and outside of it: a NOTIFY inside a transaction makes
 * all commits of the server wait for one another. Failures are left to the readers' polling.
 */
export const createCommitHint = (sql: Sql): (() => void) => {
  let planned = false
  const send = () => {
    planned = false
    sql.query(notify, []).catch(() => undefined)
  }
  return () => {
    if (planned) return
    planned = true
    setTimeout(send, HINT_INTERVAL_MS).unref()
  }
}
