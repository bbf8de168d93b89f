import { Fault, wait } from '@knowton/core'
import type { Cursor, EventSourceOpener, Log, LoggedEvent, Sql } from '@knowton/kit'
import { openDatabase } from './postgres-database.ts'

const columns = `l.xid::text AS "transactionId", l.sequence::text AS sequence, l.id, l.topic, l.version, l.key,
  l.aggregate_version AS "aggregateVersion", l.occurred_at AS "occurredAt", l.causation_id AS "causationId",
  l.traceparent, l.payload`

/** A row is readable once every transaction that could still commit before it has ended. */
const settled = 'l.xid < pg_snapshot_xmin(pg_current_snapshot())'

const readAfter = `WITH next AS (
    SELECT found.* FROM unnest($1::text[]) AS wanted(topic) CROSS JOIN LATERAL (
      SELECT l.topic, l.xid, l.sequence FROM events.log l
      WHERE l.topic = wanted.topic AND (l.xid, l.sequence) > ($2::xid8, $3::bigint) AND ${settled}
      ORDER BY l.xid, l.sequence LIMIT $4) AS found
    ORDER BY found.xid, found.sequence LIMIT $4)
  SELECT ${columns} FROM next JOIN events.log l USING (topic, xid, sequence) ORDER BY l.xid, l.sequence`

// No gate: whoever has seen version n knows that all earlier ones have committed.
const readVersions = `SELECT ${columns} FROM events.log l
  WHERE l.topic = $1 AND l.key = $2 AND l.aggregate_version BETWEEN $3 AND $4 ORDER BY l.aggregate_version`

/** Counting stops here: a lag beyond it reads as "this or more". */
export const MAX_COUNT = 100_000

const countAfter = `SELECT wanted.topic, (SELECT count(*) FROM (
    SELECT FROM events.log l
    WHERE l.topic = wanted.topic AND (l.xid, l.sequence) > ($2::xid8, $3::bigint) LIMIT ${MAX_COUNT}) AS counted) AS events
  FROM unnest($1::text[]) AS wanted(topic)`

/** SQLSTATE of a schema or table that is not there: the publisher has never started. */
const NOT_MADE_YET: readonly string[] = ['postgres.3F000', 'postgres.42P01']

/** Reads the event log in a publisher's database; one that the publisher has not made yet reads as empty. */
export const postgresEvents: EventSourceOpener = async ({ url, publisher, log }) => {
  const database = openDatabase({ url, applicationName: `reads ${publisher}`, log, poolSize: 2 })
  const hints = createHints()
  const closing = new AbortController()
  let isListening = false
  const absent = createAbsence(publisher, log)
  return {
    read: async (topics, cursor, limit) => {
      hints.clear()
      return absent.or([], () => readEvents(database, readAfter, [topics, ...toValues(cursor), limit]))
    },
    readKey: (topic, key, from, to) => readEvents(database, readVersions, [topic, key, from, to]),
    countAfter: async (topics, cursor) => {
      const rows = await absent.or([], () =>
        database.query<{ topic: string; events: bigint }>(countAfter, [topics, ...toValues(cursor)]),
      )
      const counts = new Map(rows.map((row) => [row.topic, Number(row.events)]))
      return Object.fromEntries(topics.map((topic) => [topic, counts.get(topic) ?? 0]))
    },
    changed: async (ms, signal) => {
      if (!isListening) {
        isListening = true
        database.listen('events', hints.raise, closing.signal).catch(() => {
          isListening = false
        })
      }
      await hints.wait(ms, signal)
    },
    close: async () => {
      closing.abort(new Error('closed'))
      await database.close()
    },
  }
}

/** Answers for a log that is not there, and says once that it is waited for. */
const createAbsence = (publisher: string, log: Log) => {
  let told = false
  return {
    or: async <T>(empty: T, ask: () => Promise<T>): Promise<T> => {
      try {
        return await ask()
      } catch (error) {
        if (!(error instanceof Fault && NOT_MADE_YET.includes(error.code))) throw error
        if (!told) log.info('the publisher has not made its log yet', { publisher })
        told = true
        return empty
      }
    },
  }
}

const toValues = (cursor: Cursor | undefined) => [cursor?.transactionId ?? '0', cursor?.sequence ?? '0']

type EventRow = Omit<LoggedEvent, 'cursor' | 'aggregateVersion' | 'causationId' | 'traceparent'> & {
  readonly transactionId: string
  readonly sequence: string
  readonly aggregateVersion: bigint
  readonly causationId: string | null
  readonly traceparent: string | null
}

const readEvents = async (sql: Sql, text: string, values: readonly unknown[]): Promise<readonly LoggedEvent[]> => {
  const rows = await sql.query<EventRow>(text, values)
  return rows.map(({ transactionId, sequence, ...row }) => ({
    ...row,
    cursor: { transactionId, sequence },
    aggregateVersion: Number(row.aggregateVersion),
    causationId: row.causationId ?? undefined,
    traceparent: row.traceparent ?? undefined,
  }))
}

/** Remembers a notification that comes while nobody waits, so that the next wait ends at once. */
const createHints = () => {
  let raised = false
  let wake: (() => void) | undefined
  return {
    clear: () => {
      raised = false
    },
    raise: () => {
      raised = true
      wake?.()
    },
    wait: async (ms: number, signal: AbortSignal) => {
      if (raised) return
      const woken = new Promise<void>((resolve) => {
        wake = resolve
      })
      const timer = new AbortController()
      try {
        await Promise.race([woken, wait(ms, AbortSignal.any([signal, timer.signal]))])
      } finally {
        timer.abort(new Error('woken'))
        wake = undefined
      }
    },
  }
}
