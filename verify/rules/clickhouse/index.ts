import type { Rule } from '../../types.ts'

/** Rules on clickhouse. */
export const clickhouseRules: readonly Rule[] = []
