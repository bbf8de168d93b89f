import type * as z from 'zod'

/** A kind of past fact, published by exactly one service and kept for ever in its event log. */
export type TopicShape = {
  /** The document's name, also the Kafka topic. */
  readonly name: string
  /** Raised when the payload changes in a way that old readers cannot follow. */
  readonly version: number
  readonly summary: string
  readonly payload: z.ZodType
  /** The aggregate whose facts stay in order; the Kafka partition key. Gets the decoded payload. */
  readonly key: (payload: never) => string
  readonly partitions: number
  readonly retentionDays: number
}

/** Declares a topic. `key` names the aggregate inside which facts keep their order. */
export const topic = <P extends z.ZodType>(declared: {
  readonly name: string
  readonly version: number
  readonly summary: string
  readonly payload: P
  readonly key: (payload: z.output<P>) => string
  readonly partitions: number
  readonly retentionDays: number
}) => declared

/** The payload of a topic, decoded (bigint, Date). */
export type PayloadOf<T extends TopicShape> = z.output<T['payload']>

/** One published fact. `aggregateVersion` counts 1, 2, 3 … without gaps inside (topic, key). */
export type Event<Payload> = {
  readonly id: string
  readonly topic: string
  readonly version: number
  readonly key: string
  readonly aggregateVersion: number
  readonly occurredAt: Date
  /** The id of the event or request that led to this one. */
  readonly causationId: string | undefined
  /** W3C trace context of the publisher. */
  readonly traceparent: string | undefined
  readonly payload: Payload
}
