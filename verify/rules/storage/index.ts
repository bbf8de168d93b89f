import type { Rule } from '../../types.ts'

/** Rules on storage. */
export const storageRules: readonly Rule[] = []
