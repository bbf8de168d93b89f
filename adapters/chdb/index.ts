export { chdb } from './chdb.ts'
