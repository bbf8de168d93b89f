import { randomUUID } from 'node:crypto'
import type { Clock, Event, PayloadOf, ServiceShape, TopicShape } from '@knowton/core'
import * as z from 'zod'
import { appendEvents } from '../outbox/append.ts'
import type { Database, Sql } from '../stores.ts'

/** A fact that a service consumes, by the declared name of its topic. */
export type TestFact<S extends ServiceShape> = {
  readonly [T in keyof S['consumes'] & string]: { readonly topic: T; readonly payload: PayloadOf<S['consumes'][T]> }
}[keyof S['consumes'] & string]

/** Appends `facts` in their order to the log in `database`, as their publishers would, in one transaction. */
export const appendFacts = async <S extends ServiceShape>(
  declared: S,
  database: Database,
  facts: readonly TestFact<S>[],
): Promise<void> => {
  const events = facts.map(({ topic, payload }) => {
    const shape = topicOf(declared.consumes, topic)
    return {
      id: randomUUID(),
      topic: shape.name,
      version: shape.version,
      key: shape.key(payload as never),
      occurredAt: new Date(),
      causationId: undefined,
      traceparent: undefined,
      payload: z.encode(shape.payload, payload),
    }
  })
  await database.transaction((tx) => appendEvents(tx, events))
  await database.query("SELECT pg_notify('events', '')", [])
}

/** What is published of the declared topic `name` in the log in `sql`, decoded, in the order of the log. */
export const readPublished = async (
  declared: ServiceShape,
  sql: Sql,
  name: string,
  key: string | undefined,
): Promise<readonly unknown[]> => {
  const topic = topicOf(declared.publishes, name)
  const rows = await sql.query<{ readonly payload: unknown }>(
    'SELECT payload FROM events.log WHERE topic = $1 AND ($2::text IS NULL OR key = $2) ORDER BY sequence',
    [topic.name, key ?? null],
  )
  return rows.map(({ payload }) => z.decode(topic.payload, payload))
}

/** `payload` as a consumer of the declared topic `name` gets it, the first of its key. */
export const eventOf = (declared: ServiceShape, name: string, payload: unknown, clock: Clock): Event<unknown> => {
  const topic = topicOf(declared.consumes, name)
  return {
    id: randomUUID(),
    topic: topic.name,
    version: topic.version,
    key: topic.key(payload as never),
    aggregateVersion: 1,
    occurredAt: clock(),
    causationId: undefined,
    traceparent: undefined,
    payload,
  }
}

const topicOf = (topics: ServiceShape['consumes'], name: string): TopicShape => {
  const topic = topics[name]
  if (topic === undefined) throw new RangeError(`the service declares no topic "${name}"`)
  return topic
}
