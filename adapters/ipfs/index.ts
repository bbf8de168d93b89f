export { cidOf } from './cid-of.ts'
