import type { Sql } from '../stores.ts'

/** A fact on its way into the log, the payload in its wire form. */
export type NewEvent = {
  readonly id: string
  readonly topic: string
  readonly version: number
  readonly key: string
  readonly occurredAt: Date
  readonly causationId: string | undefined
  readonly traceparent: string | undefined
  readonly payload: unknown
}

// One statement: aggregates are locked in the order of their names, so that two transactions cannot deadlock here.
const appendStatement = `
  WITH fresh AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS e(place integer, id uuid, topic text, version integer, key text,
      behind integer, occurred_at timestamptz, causation_id text, traceparent text, payload jsonb)
  ), bumped AS (
    INSERT INTO events.aggregate AS a (topic, key, version)
    SELECT topic, key, count(*) FROM fresh GROUP BY topic, key ORDER BY topic, key
    ON CONFLICT (topic, key) DO UPDATE SET version = a.version + EXCLUDED.version
    RETURNING topic, key, version
  )
  INSERT INTO events.log (id, topic, version, key, aggregate_version, occurred_at, causation_id, traceparent, payload)
  SELECT f.id, f.topic, f.version, f.key, b.version - f.behind, f.occurred_at, f.causation_id, f.traceparent, f.payload
  FROM fresh f JOIN bumped b USING (topic, key) ORDER BY f.place`

/** Appends `events` in their order; each key's versions go on without a gap. Visible if and only if `tx` commits. */
export const appendEvents = async (tx: Sql, events: readonly NewEvent[]): Promise<void> => {
  if (events.length > 0) await tx.query(appendStatement, [JSON.stringify(toRows(events))])
}

const toRows = (events: readonly NewEvent[]) => {
  const seen = new Map<string, number>()
  return events
    .map((event, place) => ({ event, place }))
    .toReversed()
    .map(({ event, place }) => {
      const aggregate = `${event.topic}\n${event.key}`
      const behind = seen.get(aggregate) ?? 0
      seen.set(aggregate, behind + 1)
      return {
        place,
        behind,
        id: event.id,
        topic: event.topic,
        version: event.version,
        key: event.key,
        occurred_at: event.occurredAt,
        causation_id: event.causationId,
        traceparent: event.traceparent,
        payload: event.payload,
      }
    })
}
