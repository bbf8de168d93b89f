import type { Database, Log } from '@knowton/kit'

/** The channel on which changes of relayed requests are told to whoever watches them. */
export const CHANGES_CHANNEL = 'relay_changes'

/** Tells watchers that requests have changed; a lost hint costs them one polling interval. */
export const announceChanges = (database: Database, log: Log): void => {
  database.query("SELECT pg_notify($1, '')", [CHANGES_CHANNEL]).catch((error: unknown) => {
    log.warn('watchers of relayed requests were not told of a change', { error })
  })
}
