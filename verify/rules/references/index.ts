import type { Rule } from '../../types.ts'

/** Rules on references. */
export const referencesRules: readonly Rule[] = []
