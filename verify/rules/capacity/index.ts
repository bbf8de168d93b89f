import type { Rule } from '../../types.ts'

/** Rules on capacity. */
export const capacityRules: readonly Rule[] = []
