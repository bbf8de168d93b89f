export { appendNow, openOutbox, prepareDatabase } from './event-log.ts'
export { behavesAsEventSource, type EventLog, type NewFact } from './event-source-behaviour.ts'
export { behavesAsFiles } from './files-behaviour.ts'
export { behavesAsWarehouse } from './warehouse-behaviour.ts'
