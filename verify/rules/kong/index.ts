import type { Rule } from '../../types.ts'

/** Rules on kong. */
export const kongRules: readonly Rule[] = []
