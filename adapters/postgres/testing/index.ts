export { freshDatabase } from './fresh-database.ts'
export { silentLog } from './silent-log.ts'
