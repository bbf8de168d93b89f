export { disk } from './disk.ts'
