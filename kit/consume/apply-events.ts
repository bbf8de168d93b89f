import { type Clock, type Event, Fault, type TopicShape } from '@knowton/core'
import * as z from 'zod'
import type { Outbox } from '../outbox/outbox.ts'
import type { Sql } from '../stores.ts'
import type { Log } from '../telemetry/log.ts'
import type { Tracing } from '../telemetry/tracing.ts'
import { withLazily } from '../telemetry/with-lazily.ts'
import type { LoggedEvent } from './event-source.ts'
import type { Subscription, UntypedConsumer, UntypedConsumerContext } from './subscription.ts'

/** What applying facts needs besides the facts. */
export type ApplyDeps = {
  readonly subscriptions: ReadonlyMap<string, Subscription>
  readonly outbox: Outbox
  readonly ports: unknown
  readonly clock: Clock
  readonly log: Log
  readonly tracing: Tracing
  /** Fires when an unfinished batch must be given up. */
  readonly signal: AbortSignal
}

/** One fact could not be applied. `permanent`: trying the same again cannot help. */
export class EventFailure extends Error {
  override readonly name = 'EventFailure'
  readonly event: LoggedEvent
  readonly permanent: boolean

  constructor(event: LoggedEvent, cause: unknown, permanent: boolean) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.event = event
    this.permanent = permanent
  }
}

/** How facts reach batch consumers: together, or one by one to find the one that fails. */
export type Grouping = 'together' | 'alone'

/**
 * Applies facts in `tx`. Single consumers get theirs in log order; batch consumers get all facts of their topic at the
 * end. Throws an `EventFailure` for the first fact that fails.
 */
export const applyEvents = async (
  deps: ApplyDeps,
  tx: Sql,
  events: readonly LoggedEvent[],
  grouping: Grouping,
): Promise<void> => {
  const batches = new Map<Subscription, LoggedEvent[]>()
  for (const event of events) {
    const subscription = deps.subscriptions.get(event.topic)
    if (subscription === undefined) continue
    if (typeof subscription.consumer === 'function' || grouping === 'alone') {
      await applyGroup(deps, tx, subscription, [event])
    } else {
      const batch = batches.get(subscription)
      if (batch === undefined) batches.set(subscription, [event])
      else batch.push(event)
    }
  }
  for (const [subscription, batch] of batches) await applyGroup(deps, tx, subscription, batch)
}

const applyGroup = async (
  deps: ApplyDeps,
  tx: Sql,
  { topic, consumer }: Subscription,
  group: readonly LoggedEvent[],
) => {
  const [first] = group
  if (first === undefined) return
  const decoded = group.map((event) => {
    try {
      return decodeEvent(topic, event)
    } catch (error) {
      throw new EventFailure(event, error, true)
    }
  })
  const parent = group.length === 1 ? first.traceparent : undefined
  const span = deps.tracing.start(`${topic.name} process`, 'consumer', parent, { 'messaging.batch.size': group.length })
  const causationId = group.length === 1 ? first.id : undefined
  const context: UntypedConsumerContext = {
    ports: deps.ports,
    publish: deps.outbox.publishFrom({ causationId, traceparent: span.traceparent }),
    tx,
    log: withLazily(deps.log, { topic: topic.name, eventId: causationId }),
    signal: deps.signal,
    now: deps.clock(),
  }
  try {
    await call(consumer, decoded, context)
    span.end()
  } catch (error) {
    span.end({ error })
    throw new EventFailure(group.at(-1) ?? first, error, false)
  }
}

const call = async (
  consumer: UntypedConsumer,
  events: readonly ReturnType<typeof decodeEvent>[],
  context: UntypedConsumerContext,
) => {
  if (typeof consumer !== 'function') return consumer.batch(events, context)
  for (const event of events) await consumer(event, context)
}

/** The fact as its consumer gets it. Throws a fault when it has another version or shape than declared here. */
const decodeEvent = (topic: TopicShape, { cursor: _, ...event }: LoggedEvent): Event<unknown> => {
  if (event.version !== topic.version) {
    throw new Fault('events.version', `This service reads version ${topic.version}, the fact has ${event.version}.`)
  }
  const payload = z.safeDecode(topic.payload, event.payload)
  if (!payload.success) {
    const faults = payload.error.issues.map(({ path, message }) => `${path.join('.') || 'payload'}: ${message}`)
    throw new Fault('events.payload', `The fact does not have the declared shape: ${faults.join('; ')}.`)
  }
  return { ...event, payload: payload.data }
}
