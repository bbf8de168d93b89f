export { rules } from './rules/index.ts'
export type * from './types.ts'
