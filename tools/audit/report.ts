import type { Outcome } from './ledger.ts'

/** Differences shown of one check; `--json` has them all. */
const MAX_SHOWN = 20

export type Report = {
  readonly blockNumber: bigint
  readonly outcomes: readonly Outcome[]
}

/** How many differences there are in all. */
export const differenceCount = (report: Report): number =>
  report.outcomes.reduce((total, outcome) => total + outcome.differences.length, 0)

/** The report for a person: a line for each check, then every difference by name. */
export const reportText = (report: Report): string => {
  const width = Math.max(...report.outcomes.map((outcome) => outcome.name.length))
  const lines = report.outcomes.map(({ name, compared, differences, says }) => {
    const verdict = differences.length === 0 ? 'ok' : `${differences.length} DIFFER`
    return `  ${name.padEnd(width)}  ${String(compared).padStart(6)}  ${verdict.padEnd(10)}  ${says}`
  })
  const total = differenceCount(report)
  return [
    `The books at block ${report.blockNumber}: what the chain says against what everyone else says.`,
    ...lines,
    ...report.outcomes.flatMap(differenceLines),
    total === 0
      ? 'The books close: no difference.'
      : `The books do not close: ${total} difference${total === 1 ? '' : 's'}.`,
  ].join('\n')
}

const differenceLines = ({ name, differences }: Outcome): readonly string[] => {
  if (differences.length === 0) return []
  const shown = differences
    .slice(0, MAX_SHOWN)
    .map(
      ({ subject, field, expected, found }) => `  ${subject}: ${field} is ${expected} on the chain, ${found} recorded`,
    )
  const more = differences.length - shown.length
  return ['', `${name}:`, ...shown, ...(more > 0 ? [`  … and ${more} more (--json lists all)`] : []), '']
}

/** The report for a machine. */
export const reportJson = (report: Report): string =>
  JSON.stringify({
    blockNumber: report.blockNumber.toString(),
    differences: differenceCount(report),
    checks: report.outcomes,
  })
