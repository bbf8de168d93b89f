import type { Rule } from '../../types.ts'

/** Rules on security. */
export const securityRules: readonly Rule[] = []
