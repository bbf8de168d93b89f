import { type Clock, Fault, type TopicShape } from '@knowton/core'
import * as z from 'zod'
import type { Database, Sql } from '../stores.ts'
import { appendEvents, type NewEvent } from './append.ts'

/** What led to a fact, when the caller does not say otherwise. */
export type Origin = { readonly causationId?: string | undefined; readonly traceparent?: string | undefined }

/** Publishes facts of one service into the log in its own database. */
export type Outbox = {
  /** The database as handlers get it: facts published inside a transaction are appended right before its COMMIT. */
  readonly database: Database
  readonly publishFrom: (origin: Origin) => UntypedPublish
}

export type UntypedPublish = (
  tx: Sql,
  topicName: string,
  payload: unknown,
  cause?: { readonly causationId?: string },
) => Promise<void>

/**
 * Facts are held back until the work of their transaction is done and then appended in one statement: rows of
 * aggregates are locked late, briefly and in one order.
 */
export const createOutbox = (settings: {
  readonly topics: Readonly<Record<string, TopicShape>>
  readonly database: Database
  readonly clock: Clock
  readonly newId: () => string
  readonly onAppended: (events: readonly NewEvent[]) => void
}): Outbox => {
  const held = new WeakMap<Sql, NewEvent[]>()
  const hint = createCommitHint(settings.database)

  const transaction: Database['transaction'] = async (work) => {
    const events: NewEvent[] = []
    const result = await settings.database.transaction(async (tx) => {
      held.set(tx, events)
      const done = await work(tx)
      held.delete(tx)
      await appendEvents(tx, events)
      return done
    })
    if (events.length > 0) {
      settings.onAppended(events)
      hint()
    }
    return result
  }

  const publishFrom =
    (origin: Origin): UntypedPublish =>
    async (tx, topicName, payload, cause) => {
      const events = held.get(tx)
      if (events === undefined) {
        throw new Fault(
          'outbox.no-transaction',
          'A fact is published only inside a running transaction of the service.',
        )
      }
      const topic = settings.topics[topicName]
      if (topic === undefined) throw new Fault('outbox.undeclared', `The topic "${topicName}" is not declared.`)
      events.push({
        id: settings.newId(),
        topic: topic.name,
        version: topic.version,
        key: topic.key(payload as never),
        occurredAt: settings.clock(),
        causationId: cause?.causationId ?? origin.causationId,
        traceparent: origin.traceparent,
        payload: encodePayload(topic, payload),
      })
    }

  return { database: { ...settings.database, transaction }, publishFrom }
}

const encodePayload = (topic: TopicShape, payload: unknown): unknown => {
  const encoded = z.safeEncode(topic.payload, payload)
  if (encoded.success) return encoded.data
  throw new Fault('outbox.payload', `A fact of "${topic.name}" does not have its declared shape.`, {
    cause: encoded.error,
  })
}

/** At most one notification in this time: a busy log is read again anyway. */
const HINT_INTERVAL_MS = 5

// Without waiting for the disk: a lost hint costs its reader one polling interval.
const notify = "SELECT set_config('synchronous_commit', 'off', true), pg_notify('events', '')"

/**
 * Tells readers that something was appended, after the commit and outside of it: a NOTIFY inside a transaction makes
 * all commits of the server wait for one another. Failures are left to the readers' polling.
 */
const createCommitHint = (sql: Sql): (() => void) => {
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
