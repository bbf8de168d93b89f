import type { Sql } from '../stores.ts'
import type { Cursor, LoggedEvent } from './event-source.ts'
import { aggregateOf, type Known } from './plan-batch.ts'

/** Where each topic of `publisher` stands; a topic that was never read is missing. */
export const loadPositions = async (sql: Sql, publisher: string): Promise<ReadonlyMap<string, Cursor>> => {
  const rows = await sql.query<{ topic: string } & Cursor>(
    'SELECT topic, xid::text AS "transactionId", sequence::text FROM events.position WHERE publisher = $1',
    [publisher],
  )
  return new Map(rows.map(({ topic, ...cursor }) => [topic, cursor]))
}

/** Keeps every other process of this consumer out until `tx` ends; false when one is at work. */
export const tryLockPublisher = async (tx: Sql, publisher: string): Promise<boolean> => {
  const [row] = await tx.query<{ free: boolean }>('SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS free', [
    `consume ${publisher}`,
  ])
  return row?.free === true
}

/** Moves the positions of `topics` to `cursor`; never backwards. */
export const savePositions = async (tx: Sql, publisher: string, topics: readonly string[], cursor: Cursor) => {
  await tx.query(
    `INSERT INTO events.position AS p (publisher, topic, xid, sequence)
     SELECT $1, topic, $3::xid8, $4::bigint FROM unnest($2::text[]) AS topic
     ON CONFLICT (publisher, topic) DO UPDATE SET xid = EXCLUDED.xid, sequence = EXCLUDED.sequence
     WHERE (p.xid, p.sequence) < (EXCLUDED.xid, EXCLUDED.sequence)`,
    [publisher, topics, cursor.transactionId, cursor.sequence],
  )
}

/** What is known of the keys that `events` belong to. */
export const loadKnown = async (tx: Sql, events: readonly LoggedEvent[]): Promise<Known> => {
  const { topics, keys } = aggregatesOf(events)
  const rows = await tx.query<{ topic: string; key: string; version: bigint | null; parked: boolean }>(
    `SELECT topic, key, i.version, p.id IS NOT NULL AS parked
     FROM unnest($1::text[], $2::text[]) AS wanted(topic, key)
     LEFT JOIN events.inbox i USING (topic, key) LEFT JOIN events.parked p USING (topic, key)`,
    [topics, keys],
  )
  return {
    applied: new Map(rows.map((row) => [aggregateOf(row), Number(row.version ?? 0n)])),
    parked: new Set(rows.filter((row) => row.parked).map(aggregateOf)),
  }
}

/** The last version of one aggregate whose effect is here; 0 = none. */
export const appliedVersionOf = async (tx: Sql, topic: string, key: string): Promise<number> => {
  const [row] = await tx.query<{ version: bigint }>('SELECT version FROM events.inbox WHERE topic = $1 AND key = $2', [
    topic,
    key,
  ])
  return Number(row?.version ?? 0n)
}

/** Notes that the effects of `applied` are in this transaction. */
export const saveApplied = async (tx: Sql, applied: readonly LoggedEvent[]): Promise<void> => {
  const last = new Map(applied.map((event) => [aggregateOf(event), event]))
  const events = [...last.values()]
  await tx.query(
    `INSERT INTO events.inbox (topic, key, version) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])
     ON CONFLICT (topic, key) DO UPDATE SET version = EXCLUDED.version`,
    [
      events.map((event) => event.topic),
      events.map((event) => event.key),
      events.map((event) => event.aggregateVersion),
    ],
  )
}

/** Counts `waiting` to the parked facts of their keys. */
export const saveWaiting = async (tx: Sql, waiting: readonly LoggedEvent[]): Promise<void> => {
  const last = new Map(waiting.map((event) => [aggregateOf(event), event]))
  for (const { topic, key, aggregateVersion } of last.values()) {
    await tx.query('UPDATE events.parked SET last_version = greatest(last_version, $3) WHERE topic = $1 AND key = $2', [
      topic,
      key,
      aggregateVersion,
    ])
  }
}

const aggregatesOf = (events: readonly LoggedEvent[]) => {
  const distinct = [...new Map(events.map((event) => [aggregateOf(event), event])).values()]
  return { topics: distinct.map((event) => event.topic), keys: distinct.map((event) => event.key) }
}
