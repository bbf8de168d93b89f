import type { ErrorTable, ServiceShape, StoreKind } from '@knowton/core'
import type { EventSourceOpener } from '../consume/event-source.ts'
import type { UntypedConsumer } from '../consume/subscription.ts'
import type { Implementation } from '../implementation.ts'
import type { UntypedPublish } from '../outbox/outbox.ts'
import type { UntypedHandler } from '../serve/answer-route.ts'
import type { StoreOpener } from '../stores.ts'
import type { Measure } from '../telemetry/gauges.ts'
import type { Log } from '../telemetry/log.ts'

/** An implementation whose service is only known at run time: the types have done their work by then. */
export type UntypedImplementation = {
  readonly errors: ErrorTable
  readonly stores: Readonly<Record<string, StoreOpener<StoreKind>>>
  readonly eventSource: EventSourceOpener
  readonly migrations: URL
  readonly ports: (host: object) => unknown
  readonly routes: Readonly<Record<string, UntypedHandler>>
  readonly consumers: Readonly<Record<string, UntypedConsumer>>
  readonly jobs: Readonly<Record<string, (context: UntypedJobContext) => Promise<void>>>
  readonly gauges?: Readonly<Record<string, Measure<unknown>>>
}

export type UntypedJobContext = {
  readonly ports: unknown
  readonly publish: UntypedPublish
  readonly log: Log
  readonly clock: () => Date
  readonly signal: AbortSignal
}

/** The one place where the declared types of a service are dropped; every value that passes here was parsed by its schema. */
export const erase = <S extends ServiceShape, Ports>(implementation: Implementation<S, Ports>): UntypedImplementation =>
  implementation as unknown as UntypedImplementation
