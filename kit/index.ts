export { type Secret, secret } from './config/secret.ts'
export type { Cursor, EventSource, EventSourceOpener, LoggedEvent } from './consume/event-source.ts'
export { rewind } from './consume/rewind.ts'
export type {
  ConfigOf,
  ConsumerContext,
  Context,
  EventOf,
  Host,
  JobContext,
  Publish,
  SecretsOf,
  User,
} from './host.ts'
export type { BatchConsumer, Consumer, Handler, Implementation, Job } from './implementation.ts'
export { run } from './run.ts'
export { type PageCursor, pageCursor, pageOf, pageOfRows, rowsBefore } from './serve/page-cursor.ts'
export { type RunningService, startService } from './start/start-service.ts'
export type {
  Database,
  Files,
  OpenStore,
  Sql,
  StoredFile,
  StoreOpener,
  StoreOpenersOf,
  StoresOf,
  Warehouse,
} from './stores.ts'
export type { Measure, Reading } from './telemetry/gauges.ts'
export type { Fields, Log } from './telemetry/log.ts'
