import type { ServiceShape, StoreKind } from '@knowton/core'
import type { Log } from './telemetry/log.ts'

/** Runs SQL; inside a transaction everything sent through it commits or rolls back together. */
export type Sql = {
  /**
   * Rows come with numeric and int8 columns as bigint, timestamps as Date, jsonb parsed. With `values` (even `[]`) the
   * statement is prepared once per connection; without, `text` may hold several statements.
   */
  readonly query: <Row extends object>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>
}

/** A PostgreSQL database. */
export type Database = Sql & {
  /** Commits when `work` resolves, rolls back when it throws. Serialisation failures and deadlocks are thrown as faults with retry `later`. */
  readonly transaction: <T>(work: (tx: Sql) => Promise<T>) => Promise<T>
  /**
   * Resolves once it is listening on `channel`; then calls `onNotify` for each NOTIFY until the signal fires. A hint
   * only, notifications can be lost: after a lost connection it is called once with an empty payload.
   */
  readonly listen: (channel: string, onNotify: (payload: string) => void, signal: AbortSignal) => Promise<void>
}

/** A store of files by key, each written whole or not at all. */
export type Files = {
  /** Writes what `source` yields; on any failure nothing is left under `key`. */
  readonly put: (key: string, source: AsyncIterable<Uint8Array>, signal: AbortSignal) => Promise<{ sizeBytes: number }>
  /** Opens a file; undefined when there is none. */
  readonly get: (key: string, signal: AbortSignal) => Promise<StoredFile | undefined>
  readonly remove: (key: string) => Promise<void>
}
export type StoredFile = { readonly sizeBytes: number; readonly stream: AsyncIterable<Uint8Array> }

/** A ClickHouse. Parameters are bound as `{name:Type}`; UInt64 and wider come back as decimal strings. */
export type Warehouse = {
  readonly query: <Row extends object>(
    text: string,
    params?: Readonly<Record<string, unknown>>,
  ) => Promise<readonly Row[]>
  readonly command: (text: string) => Promise<void>
  /** Inserts rows by column name; once it resolves they are on disk. */
  readonly insert: (table: string, rows: readonly Readonly<Record<string, unknown>>[]) => Promise<void>
}

type StoreByKind = { readonly postgres: Database; readonly files: Files; readonly clickhouse: Warehouse }

/** The open stores of a service, by their declared names. */
export type StoresOf<S extends ServiceShape> = {
  readonly [K in keyof S['stores']]: StoreByKind[S['stores'][K]['kind']]
}

/** Opens a store of one kind; adapters provide these. */
export type StoreOpener<K extends StoreKind> = (settings: {
  /** From `STORE_<NAME>_URL`. */
  readonly url: string
  readonly serviceName: string
  readonly log: Log
}) => Promise<OpenStore<StoreByKind[K]>>

export type OpenStore<T> = {
  readonly store: T
  /** Rejects when the store does not answer; asked by /health/ready. */
  readonly check: () => Promise<void>
  readonly close: () => Promise<void>
}

/** One opener for each declared store. */
export type StoreOpenersOf<S extends ServiceShape> = {
  readonly [K in keyof S['stores']]: StoreOpener<S['stores'][K]['kind']>
}
