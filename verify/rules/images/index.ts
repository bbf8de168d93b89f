import type { Rule } from '../../types.ts'

/** Rules on images. */
export const imagesRules: readonly Rule[] = []
