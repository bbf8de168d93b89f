import type { Rule } from '../../types.ts'

/** Rules on kafka. */
export const kafkaRules: readonly Rule[] = []
