import type { Rule } from '../../types.ts'

/** Rules on pods. */
export const podsRules: readonly Rule[] = []
