import type { Sql } from '../stores.ts'
import type { LoggedEvent } from './event-source.ts'

/** A fact that could not be applied, and how many of its key wait with it. */
export type ParkedKey = {
  readonly id: string
  readonly publisher: string
  readonly topic: string
  readonly key: string
  readonly eventId: string
  readonly eventVersion: number
  readonly lastVersion: number
  readonly error: string
  readonly parkedAt: Date
  readonly unparkRequestedAt: Date | null
}

const columns = `id, publisher, topic, key, event_id AS "eventId", event_version AS "eventVersion",
  last_version AS "lastVersion", error, parked_at AS "parkedAt", unpark_requested_at AS "unparkRequestedAt"`

type Row = Omit<ParkedKey, 'eventVersion' | 'lastVersion'> & {
  readonly eventVersion: bigint
  readonly lastVersion: bigint
}

const toParkedKey = (row: Row): ParkedKey => ({
  ...row,
  eventVersion: Number(row.eventVersion),
  lastVersion: Number(row.lastVersion),
})

/** The parked keys, oldest first, at most `limit`. */
export const listParked = async (sql: Sql, limit: number): Promise<readonly ParkedKey[]> => {
  const rows = await sql.query<Row>(`SELECT ${columns} FROM events.parked ORDER BY parked_at, id LIMIT $1`, [limit])
  return rows.map(toParkedKey)
}

/** How many keys of each topic are parked. */
export const countParked = async (sql: Sql): Promise<ReadonlyMap<string, number>> => {
  const rows = await sql.query<{ topic: string; keys: bigint }>(
    'SELECT topic, count(*) AS keys FROM events.parked GROUP BY topic',
    [],
  )
  return new Map(rows.map((row) => [row.topic, Number(row.keys)]))
}

/** Parks the key of `event` with the reason; a key that is parked already keeps its place and gets the new reason. */
export const parkKey = async (
  tx: Sql,
  parked: {
    readonly id: string
    readonly publisher: string
    readonly event: LoggedEvent
    readonly error: string
    readonly at: Date
  },
): Promise<void> => {
  const { id, publisher, event, error, at } = parked
  await tx.query(
    `INSERT INTO events.parked AS p (id, publisher, topic, key, event_id, event_version, last_version, error, parked_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8)
     ON CONFLICT (topic, key) DO UPDATE SET event_id = EXCLUDED.event_id, event_version = EXCLUDED.event_version,
       last_version = greatest(p.last_version, EXCLUDED.last_version), error = EXCLUDED.error,
       parked_at = EXCLUDED.parked_at, unpark_requested_at = NULL`,
    [id, publisher, event.topic, event.key, event.id, event.aggregateVersion, error, at],
  )
}

/** Asks the consumer to try a parked key again; false when nothing is parked under `id`. */
export const requestUnpark = async (sql: Sql, id: string, at: Date): Promise<boolean> => {
  const rows = await sql.query('UPDATE events.parked SET unpark_requested_at = $2 WHERE id = $1 RETURNING id', [id, at])
  return rows.length > 0
}

/** The keys of `publisher` that are to be tried again, in the order they were asked for. */
export const listUnparkRequests = async (sql: Sql, publisher: string): Promise<readonly ParkedKey[]> => {
  const rows = await sql.query<Row>(
    `SELECT ${columns} FROM events.parked WHERE publisher = $1 AND unpark_requested_at IS NOT NULL
     ORDER BY unpark_requested_at, id LIMIT 100`,
    [publisher],
  )
  return rows.map(toParkedKey)
}

/** How far the facts of a parked key are known by now; undefined when it is not parked any more. */
export const lastVersionOf = async (tx: Sql, id: string): Promise<number | undefined> => {
  const [row] = await tx.query<{ last: bigint }>(
    'SELECT last_version AS last FROM events.parked WHERE id = $1 FOR UPDATE',
    [id],
  )
  return row === undefined ? undefined : Number(row.last)
}

/** Lets the facts of a key through again. */
export const removeParked = async (tx: Sql, id: string): Promise<void> => {
  await tx.query('DELETE FROM events.parked WHERE id = $1', [id])
}

/** Leaves a key parked after a request to unpark it, with the reason why. */
export const keepParked = async (tx: Sql, id: string, error: string): Promise<void> => {
  await tx.query('UPDATE events.parked SET error = $2, unpark_requested_at = NULL WHERE id = $1', [id, error])
}
