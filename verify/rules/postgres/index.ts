import type { Rule } from '../../types.ts'

/** Rules on postgres. */
export const postgresRules: readonly Rule[] = []
