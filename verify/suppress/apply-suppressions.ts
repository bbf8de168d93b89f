import type { Finding, Severity } from '../types.ts'
import { objectName } from './read-suppressions.ts'
import type { Suppression, Suppressions } from './suppression.ts'

/** What the handling of suppressions itself can find. */
export const suppressionRules = {
  'suppression-invalid': { severity: 'error', about: 'Every suppression says what, until when and why.' },
  'suppression-expired': { severity: 'error', about: 'No suppression is used after its day has passed.' },
  'suppression-unused': { severity: 'warning', about: 'Every suppression suppresses something.' },
} as const satisfies Readonly<Record<string, { readonly severity: Severity; readonly about: string }>>

/** What remains to be reported, and what does not with why not. */
export type Outcome = {
  readonly findings: readonly Finding[]
  readonly suppressed: readonly { readonly finding: Finding; readonly reason: string; readonly until: Date }[]
}

const covers = ({ rule, object, path }: Suppression, finding: Finding): boolean =>
  rule === finding.rule &&
  object === objectName(finding.object) &&
  (path === undefined ||
    finding.path === path ||
    (finding.path.startsWith(path) && /^[.[]/.test(finding.path.slice(path.length))))

const report = (
  rule: keyof typeof suppressionRules,
  { source, object }: Pick<Suppression, 'source' | 'object'>,
  says: string,
  fix: string,
): Finding => ({
  rule,
  severity: suppressionRules[rule].severity,
  object: { kind: 'Suppression', namespace: undefined, name: object },
  source,
  path: '',
  says,
  fix,
})

const dayText = (day: Date) => day.toISOString().slice(0, 10)

/** Takes out what is suppressed on the day `today`; suppressions that are bad, expired or idle are findings of their own. */
export const applySuppressions = (
  findings: readonly Finding[],
  { valid, invalid }: Suppressions,
  today: Date,
): Outcome => {
  const isOver = ({ until }: Suppression) => until < today
  const live = valid.filter((one) => !isOver(one))
  const coverOf = (finding: Finding) => live.find((one) => covers(one, finding))
  const used = new Set(findings.map(coverOf))
  const expired = valid.filter((one) => isOver(one) && findings.some((finding) => covers(one, finding)))
  const idle = valid.filter((one) => !used.has(one) && !expired.includes(one))
  return {
    findings: [
      ...findings.filter((finding) => coverOf(finding) === undefined),
      ...invalid.map((one) =>
        report('suppression-invalid', one, one.says, 'Write rule, object, until and reason, all of them.'),
      ),
      ...expired.map((one) =>
        report(
          'suppression-expired',
          one,
          `The suppression of ${one.rule} for ${one.object} ended on ${dayText(one.until)}, so it is reported again.`,
          `Repair what it hid (${one.reason}), or decide anew until when it may stay.`,
        ),
      ),
      ...idle.map((one) =>
        report(
          'suppression-unused',
          one,
          `Nothing is suppressed here: ${one.rule} finds nothing in ${one.object}${one.path === undefined ? '' : ` at ${one.path}`}.`,
          'Remove the suppression, or correct what it names.',
        ),
      ),
    ],
    suppressed: findings.flatMap((finding) => {
      const cover = coverOf(finding)
      return cover === undefined ? [] : [{ finding, reason: cover.reason, until: cover.until }]
    }),
  }
}
