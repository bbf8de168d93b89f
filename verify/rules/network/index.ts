import type { Rule } from '../../types.ts'

/** Rules on network. */
export const networkRules: readonly Rule[] = []
