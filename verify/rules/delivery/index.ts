import type { Rule } from '../../types.ts'

/** Rules on delivery. */
export const deliveryRules: readonly Rule[] = []
