import { randomUUID } from 'node:crypto'
import { topic } from '@knowton/core'
import * as z from 'zod'
import { migrate } from '../migrate/migrate.ts'
import { appendEvents, type NewEvent } from '../outbox/append.ts'
import { createOutbox, type Outbox } from '../outbox/outbox.ts'
import type { Database, Sql } from '../stores.ts'
import type { NewFact } from './event-source-behaviour.ts'

const noMigrations = new URL('./no-migrations/', import.meta.url)

/** Makes the kit's tables in a database. */
export const prepareDatabase = async (database: Database): Promise<void> => {
  await migrate(database, noMigrations)
}

/** Appends facts at this very moment of `tx`, before its work is done. */
export const appendNow = (tx: Sql, facts: readonly NewFact[]): Promise<void> => appendEvents(tx, facts.map(toNewEvent))

const toNewEvent = (fact: NewFact): NewEvent => ({
  ...fact,
  id: randomUUID(),
  version: 1,
  occurredAt: new Date(),
  causationId: undefined,
  traceparent: undefined,
})

/** An outbox over `database` whose topics take any JSON under any key. */
export const openOutbox = (database: Database, topicNames: readonly string[]): Outbox =>
  createOutbox({
    topics: Object.fromEntries(topicNames.map((name) => [name, anyTopic(name)])),
    database,
    clock: () => new Date(),
    newId: randomUUID,
    onAppended: () => undefined,
  })

const anyTopic = (name: string) =>
  topic({
    name,
    version: 1,
    summary: 'Anything.',
    payload: z.object({ key: z.string(), n: z.int() }),
    key: (payload) => payload.key,
    partitions: 1,
    retentionDays: 1,
  })
