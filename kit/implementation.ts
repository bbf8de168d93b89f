import type { ErrorTable, InputOf, OutputOf, RefusalOf, Result, ServiceShape } from '@knowton/core'
import type { EventSourceOpener } from './consume/event-source.ts'
import type { ConsumerContext, Context, EventOf, Host, JobContext } from './host.ts'
import type { StoreOpenersOf } from './stores.ts'
import type { MeasuresOf } from './telemetry/gauges.ts'

/** Answers one route: never sees the framework, so its test is a function call. */
export type Handler<S extends ServiceShape, R extends keyof S['routes'], Ports> = (
  input: InputOf<S['routes'][R]>,
  context: Context<S, Ports, R>,
) => Promise<Result<OutputOf<S['routes'][R]>, RefusalOf<S['routes'][R]>>>

/** Applies one fact, once: its effects go through `context.tx`. */
export type Consumer<S extends ServiceShape, T extends keyof S['consumes'], Ports> = (
  event: EventOf<S, T>,
  context: ConsumerContext<S, Ports>,
) => Promise<void>

/** Applies many facts at once, in order; either all take effect or none. */
export type BatchConsumer<S extends ServiceShape, T extends keyof S['consumes'], Ports> = {
  readonly batch: (events: readonly EventOf<S, T>[], context: ConsumerContext<S, Ports>) => Promise<void>
}

/** Work that goes on beside requests and events, until the signal fires. */
export type Job<S extends ServiceShape, Ports> = (context: JobContext<S, Ports>) => Promise<void>

/** Everything a declaration leaves open: how each route, consumer and store is done. */
export type Implementation<S extends ServiceShape, Ports> = {
  readonly errors: ErrorTable
  readonly stores: NoInfer<StoreOpenersOf<S>>
  /** Opens the publishers' logs that this service reads. */
  readonly eventSource: EventSourceOpener
  /** Folder of `NNN-name.sql` files, run once each in order before anything else. */
  readonly migrations: URL
  readonly ports: (host: Host<S>) => Ports | Promise<Ports>
  readonly routes: { readonly [R in keyof S['routes']]: Handler<S, R, NoInfer<Ports>> }
  readonly consumers: {
    readonly [T in keyof S['consumes']]: Consumer<S, T, NoInfer<Ports>> | BatchConsumer<S, T, NoInfer<Ports>>
  }
  readonly jobs: Readonly<Record<string, Job<S, NoInfer<Ports>>>>
} & MeasuresOf<S, NoInfer<Ports>>
