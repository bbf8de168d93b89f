import { loadRules } from './load/loading.ts'
import { rules } from './rules/index.ts'
import { suppressionRules } from './suppress/apply-suppressions.ts'
import type { Severity } from './types.ts'

/** A rule as a list shows it. */
export type RuleRow = { readonly id: string; readonly severity: Severity; readonly about: string }

const ownRules: Readonly<Record<string, Omit<RuleRow, 'id'>>> = {
  ...loadRules,
  ...suppressionRules,
  'rule-failed': { severity: 'error', about: 'Every rule can judge what it is given.' },
}

/** Everything that can be found, those of reading and suppressing first, each with what holds when it finds nothing. */
export const rulesTable = (): readonly RuleRow[] => [
  ...Object.entries(ownRules).map(([id, row]) => ({ id, ...row })),
  ...rules.map(({ id, severity, about }) => ({ id, severity, about })),
]
