import { parseArgs } from 'node:util'
import { readRun } from '../dev/index.ts'
import { audit } from './audit.ts'
import { differenceCount, reportJson, reportText } from './report.ts'

/** The audit itself could not be made. */
const EXIT_NO_AUDIT = 2

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, wait: { type: 'string', default: '60' } },
})

const main = async (): Promise<number> => {
  const seconds = Number(values.wait)
  if (!(seconds > 0)) throw new Error(`--wait takes seconds, not "${values.wait}"`)
  const waitingFor: string[] = []
  const tooLong = new AbortController()
  const timer = setTimeout(
    () => tooLong.abort(new Error(`After ${seconds} s the audit still waits for ${waitingFor.at(-1) ?? 'an answer'}.`)),
    seconds * 1000,
  )
  const report = await audit(readRun(), tooLong.signal, (what) => {
    waitingFor.push(what)
    process.stderr.write(`waiting for ${what}\n`)
  }).finally(() => clearTimeout(timer))
  process.stdout.write(`${values.json ? reportJson(report) : reportText(report)}\n`)
  return differenceCount(report) === 0 ? 0 : 1
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  return EXIT_NO_AUDIT
})
