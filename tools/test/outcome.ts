import * as z from 'zod'

/** How many tests of a tier passed, failed and were skipped; `notRun` says what stood outside of this machine's reach, and why. */
export type Outcome = {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly notRun?: readonly string[]
}

export const nothingRan: Outcome = { passed: 0, failed: 0, skipped: 0 }

export const sum = (one: Outcome, other: Outcome): Outcome => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
  notRun: [...(one.notRun ?? []), ...(other.notRun ?? [])],
})

/** What a tier ends with: its counts, then what was not run; a tier that has nothing to say has not passed. */
export const tierText = (outcome: Outcome): string => {
  const { passed, failed, notRun = [] } = outcome
  const left = notRun.map((reason) => `not run: ${reason}`)
  if (passed + failed > 0) return [outcomeText(outcome), ...left].join('; ')
  return left.length > 0 ? left.join('; ') : 'no test ran'
}

/** `12 passed, 0 failed`, and `, 1 skipped` when there is any. */
export const outcomeText = ({ passed, failed, skipped }: Outcome): string =>
  `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`

const vitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
})

/** Reads the JSON report of Vitest; a file that fails outside of its tests counts as one failure. */
export const vitestOutcome = (json: string): Outcome => {
  const report = vitestReport.parse(JSON.parse(json))
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((one) => one.status !== 'failed'),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

const forgeReport = z.record(
  z.string(),
  z.object({ test_results: z.record(z.string(), z.object({ status: z.string(), reason: z.string().nullish() })) }),
)

/** Reads the JSON report of `forge test`, with a line for each test that failed. */
export const forgeOutcome = (json: string): Outcome & { readonly failures: readonly string[] } => {
  const tests = Object.entries(forgeReport.parse(JSON.parse(json))).flatMap(([suite, { test_results }]) =>
    Object.entries(test_results).map(([name, result]) => ({ name: `${suite} ${name}`, ...result })),
  )
  const failed = tests.filter(({ status }) => status !== 'Success' && status !== 'Skipped')
  return {
    passed: tests.filter(({ status }) => status === 'Success').length,
    failed: failed.length,
    skipped: tests.filter(({ status }) => status === 'Skipped').length,
    failures: failed.map(({ name, reason }) => `${name}: ${reason ?? 'failed'}`),
  }
}
