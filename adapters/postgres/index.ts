export { postgres } from './postgres.ts'
export { postgresEvents } from './postgres-events.ts'
