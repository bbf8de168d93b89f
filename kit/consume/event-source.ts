import type { Log } from '../telemetry/log.ts'

/** A position in a publisher's log: rows are ordered by (transaction id, sequence), both decimal strings. */
export type Cursor = { readonly transactionId: string; readonly sequence: string }

/** A fact as it lies in the log: the payload still in its wire form. */
export type LoggedEvent = {
  readonly cursor: Cursor
  readonly id: string
  readonly topic: string
  readonly version: number
  readonly key: string
  readonly aggregateVersion: number
  readonly occurredAt: Date
  readonly causationId: string | undefined
  readonly traceparent: string | undefined
  readonly payload: unknown
}

/** Reads one publisher's log. Only facts that no running transaction can still precede are visible. */
export type EventSource = {
  /** The next facts of `topics` after `cursor` (from the beginning when undefined), at most `limit`, in log order. */
  readonly read: (
    topics: readonly string[],
    cursor: Cursor | undefined,
    limit: number,
  ) => Promise<readonly LoggedEvent[]>
  /** The facts of one key with versions `from` … `to`, in version order. */
  readonly readKey: (topic: string, key: string, from: number, to: number) => Promise<readonly LoggedEvent[]>
  /** How many facts of each topic lie after `cursor`. */
  readonly countAfter: (
    topics: readonly string[],
    cursor: Cursor | undefined,
  ) => Promise<Readonly<Record<string, number>>>
  /** Resolves when something may have been appended, or after `ms`; a hint, never a promise. */
  readonly changed: (ms: number, signal: AbortSignal) => Promise<void>
  readonly close: () => Promise<void>
}

/** Opens the log of a publisher; which publisher has which topics at what URL comes from `EVENT_SOURCES`. */
export type EventSourceOpener = (settings: {
  readonly url: string
  readonly publisher: string
  readonly log: Log
}) => Promise<EventSource>
