import type { Rule } from '../../types.ts'

/** Rules on monitoring. */
export const monitoringRules: readonly Rule[] = []
