import type { Sql } from '../stores.ts'

/** How many facts of each topic are in this service's own log. */
export type CountPublished = () => Promise<ReadonlyMap<string, number>>

/** Counts once from the beginning and from then on only what was appended since: the log never changes behind its gate. */
export const createCountPublished = (sql: Sql, topics: readonly string[]): CountPublished => {
  const counted = new Map(topics.map((topic) => [topic, 0]))
  let from = '0'
  let running: Promise<void> | undefined
  const countOn = async () => {
    const [gate] = await sql.query<{ until: string }>(
      'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS until',
      [],
    )
    const until = gate?.until ?? from
    const rows = await sql.query<{ topic: string; events: bigint }>(
      `SELECT topic, count(*) AS events FROM events.log
       WHERE topic = ANY ($1) AND xid >= $2::xid8 AND xid < $3::xid8 GROUP BY topic`,
      [topics, from, until],
    )
    for (const { topic, events } of rows) counted.set(topic, (counted.get(topic) ?? 0) + Number(events))
    from = until
  }
  return async () => {
    running ??= countOn().finally(() => {
      running = undefined
    })
    await running
    return counted
  }
}
