import { readFileSync } from 'node:fs'
import { jsonReport, NothingToJudge, rulesTable, sarifReport, textReport } from '@knowton/verify'
import { callersFolder, repository } from '../dev/environment.ts'
import { BadCommand, type Options, parseOptions, usage } from './options.ts'
import { type VerifyResult, verifyResult } from './verify-result.ts'

const ruleList = (): string => {
  const table = rulesTable()
  const width = Math.max(...table.map(({ id }) => id.length))
  return table.map(({ id, severity, about }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${about}\n`).join('')
}

const printed = (options: Options, { outcome, objects, workflows, proofs }: VerifyResult): string => {
  if (options.format === 'json') return jsonReport(outcome, objects)
  if (options.format === 'sarif') return sarifReport(outcome)
  const judged = `${objects} objects${workflows === 0 ? '' : ` and ${workflows} workflows`}`
  const report = textReport(outcome, judged, process.stdout.isTTY === true && process.stdout.hasColors())
  return [...proofs.map((line) => `${line}\n`), report].join('')
}

const run = (): number => {
  const options = parseOptions(process.argv.slice(2))
  if (options.wants !== 'result') {
    process.stdout.write(options.wants === 'help' ? usage : ruleList())
    return 0
  }
  const place = {
    root: repository,
    from: callersFolder(),
    today: new Date(),
    stdin: () => readFileSync(0, 'utf8'),
  }
  const found = verifyResult(options, place)
  process.stdout.write(printed(options, found))
  return found.outcome.findings.some(({ severity }) => severity === 'error') ? 1 : 0
}

try {
  process.exitCode = run()
} catch (error) {
  if (!(error instanceof BadCommand || error instanceof NothingToJudge)) throw error
  process.stderr.write(
    `${error.message}\n${error instanceof BadCommand ? 'npm run verify -- --help says what there is.\n' : ''}`,
  )
  process.exitCode = 2
}
