import { loadRules } from './load/loading.ts'
import { rules } from './rules/index.ts'
import { suppressionRules } from './suppress/apply-suppressions.ts'
import type { Severity } from './types.ts'

/** A rule as a list shows it. */
export type RuleRow = { readonly id: string; readonly severity: Severity; readonly about: string }

const found = {
  ...loadRules,
  ...suppressionRules,
  'rule-failed': { severity: 'error', about: 'Every rule can judge what it is given.' },
} as const satisfies Readonly<Record<string, Omit<RuleRow, 'id'>>>

/** What reading, suppressing and judging find themselves. */
export const ownRules: readonly RuleRow[] = Object.entries(found).map(([id, row]) => ({ id, ...row }))

/** Everything that can be found, those of reading and suppressing first, each with what holds when it finds nothing. */
export const rulesTable = (): readonly RuleRow[] => [
  ...ownRules,
  ...rules.map(({ id, severity, about }) => ({ id, severity, about })),
]
