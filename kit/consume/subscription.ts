import type { Event, TopicShape } from '@knowton/core'
import type { UntypedPublish } from '../outbox/outbox.ts'
import type { Sql } from '../stores.ts'
import type { Log } from '../telemetry/log.ts'

/** A handler's context, its service's types erased. */
export type UntypedConsumerContext = {
  readonly ports: unknown
  readonly publish: UntypedPublish
  readonly tx: Sql
  readonly log: Log
  readonly signal: AbortSignal
  readonly now: Date
}

/** A consumer, its service's types erased: a function takes one fact, `batch` many. */
export type UntypedConsumer =
  | ((event: Event<unknown>, context: UntypedConsumerContext) => Promise<void>)
  | { readonly batch: (events: readonly Event<unknown>[], context: UntypedConsumerContext) => Promise<void> }

/** A consumed topic and what is done with its facts. */
export type Subscription = { readonly topic: TopicShape; readonly consumer: UntypedConsumer }
