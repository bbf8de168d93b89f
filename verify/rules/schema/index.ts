import type { Rule } from '../../types.ts'

/** Rules on schema. */
export const schemaRules: readonly Rule[] = []
