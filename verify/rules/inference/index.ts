import type { Rule } from '../../types.ts'

/** Rules on inference. */
export const inferenceRules: readonly Rule[] = []
