import type { Rule } from '../../types.ts'

/** Rules on weaviate. */
export const weaviateRules: readonly Rule[] = []
