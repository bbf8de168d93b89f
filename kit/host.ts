import type { AccountId, Clock, Event, Hex, PayloadOf, ServiceShape } from '@knowton/core'
import type * as z from 'zod'
import type { Secret } from './config/secret.ts'
import type { Sql, StoresOf } from './stores.ts'
import type { Log } from './telemetry/log.ts'

/** A service's parsed configuration. */
export type ConfigOf<S extends ServiceShape> = { readonly [K in keyof S['config']]: z.output<S['config'][K]> }

/** A service's secrets; they print as `***`. */
export type SecretsOf<S extends ServiceShape> = {
  readonly [K in keyof S['secrets']]: Secret<z.output<S['secrets'][K]>>
}

/**
 * Appends a fact to the event log in the caller's transaction: it is published if and only if `tx` commits.
 * Versions of one key are given out under a row lock, so they are contiguous and in commit order.
 */
export type Publish<S extends ServiceShape> = <T extends keyof S['publishes'] & string>(
  tx: Sql,
  topic: T,
  payload: PayloadOf<S['publishes'][T]>,
  cause?: { readonly causationId?: string },
) => Promise<void>

/** What a running service gives its handlers' ports. */
export type Host<S extends ServiceShape> = {
  readonly config: ConfigOf<S>
  readonly secrets: SecretsOf<S>
  readonly stores: StoresOf<S>
  readonly publish: Publish<S>
  readonly log: Log
  readonly clock: Clock
  /** A new random UUID. */
  readonly newId: () => string
  /** Fires when the process drains. */
  readonly signal: AbortSignal
}

/** Who calls. */
export type User = { readonly account: AccountId; readonly address: Hex; readonly sessionId: string }

/** What a handler gets besides its input. */
export type Context<S extends ServiceShape, Ports, R extends keyof S['routes'] = keyof S['routes']> = {
  readonly ports: Ports
  readonly publish: Publish<S>
  /** The signed-in account; only routes with access `user` have one. */
  readonly user: S['routes'][R]['access'] extends 'user' ? User : undefined
  /** Idempotent routes: the transaction that commits together with the stored answer. A refusal rolls it back. */
  readonly tx: S['routes'][R] extends { readonly idempotent: true } ? Sql : undefined
  readonly requestId: string
  readonly log: Log
  /** Fires when the caller goes away, the route's time is over or the process drains. */
  readonly signal: AbortSignal
  readonly now: Date
}

/** What a consumer gets besides its event: everything done through `tx` commits with the inbox row. */
export type ConsumerContext<S extends ServiceShape, Ports> = {
  readonly ports: Ports
  readonly publish: Publish<S>
  readonly tx: Sql
  readonly log: Log
  readonly signal: AbortSignal
  readonly now: Date
}

/** What a background job gets; it runs until the signal fires and is started again, later each time, when it throws. */
export type JobContext<S extends ServiceShape, Ports> = {
  readonly ports: Ports
  readonly publish: Publish<S>
  readonly log: Log
  readonly clock: Clock
  readonly signal: AbortSignal
}

export type EventOf<S extends ServiceShape, T extends keyof S['consumes']> = Event<PayloadOf<S['consumes'][T]>>
