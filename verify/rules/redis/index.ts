import type { Rule } from '../../types.ts'

/** Rules on redis. */
export const redisRules: readonly Rule[] = []
