import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { wait } from '@knowton/core'
import { forgeOutcome, nothingRan, type Outcome, sum, vitestOutcome } from './outcome.ts'

const root = join(import.meta.dirname, '../..')

/** A kind of test, run by the tool that fits it. */
export type Tier = {
  readonly name: string
  readonly what: string
  /** What its counts are called, where its name alone does not say it. */
  readonly title?: string
  /** It needs what no clone brings along, so it is run only when it is named. */
  readonly isOutside?: true
  readonly run: (signal: AbortSignal) => Promise<Outcome>
}

const broken: Outcome = { passed: 0, failed: 1, skipped: 0 }

/** How long Vitest may take to end once its report is written; the platform of the journeys stops within this. */
const END_MS = 60_000

/** A program that was told to stop is killed after this. */
const STOP_MS = 30_000

/** Fires when `report` has been there for `END_MS`: a test then left something running that keeps Vitest from ending. */
const overdueAfter = async (report: string, ended: AbortSignal): Promise<void> => {
  while (!existsSync(report)) await wait(1_000, ended)
  await wait(END_MS, ended)
}

/** The same program as a child, with its exit code and what it printed when that is captured. */
const runProgram = (
  args: readonly string[],
  output: 'shown' | 'captured',
  signal: AbortSignal,
): Promise<{ readonly code: number; readonly stdout: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', output === 'shown' ? 'inherit' : 'pipe', 'inherit'],
    })
    const chunks: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, stdout: Buffer.concat(chunks).toString() }))
    const stop = () => {
      child.kill('SIGINT')
      setTimeout(() => child.kill('SIGKILL'), STOP_MS).unref()
    }
    signal.addEventListener('abort', stop, { once: true })
  })

const vitest =
  (project: string, ...filters: readonly string[]) =>
  async (signal: AbortSignal): Promise<Outcome> => {
    const folder = mkdtempSync(join(tmpdir(), 'knowton-test-'))
    const report = join(folder, 'report.json')
    try {
      const program = join(root, 'node_modules/vitest/vitest.mjs')
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
      const [ended, overdue] = [new AbortController(), new AbortController()]
      overdueAfter(report, ended.signal).then(
        () => overdue.abort(),
        () => {},
      )
      const stop = AbortSignal.any([signal, overdue.signal])
      const args = [program, 'run', '--project', project, ...reporters, ...filters]
      const { code } = await runProgram(args, 'shown', stop)
      ended.abort()
      const outcome = vitestOutcome(readFileSync(report, 'utf8'))
      if (overdue.signal.aborted) console.log('  ✗ the tests left something running that kept Vitest from ending')
      return code !== 0 && outcome.failed === 0 ? { ...outcome, failed: 1 } : outcome
    } catch {
      return broken
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

const forge = async (signal: AbortSignal): Promise<Outcome> => {
  const program = join(root, 'contracts/forge.mjs')
  const built = await runProgram([program, 'default', 'build'], 'shown', signal)
  if (built.code !== 0) return broken
  const { code, stdout } = await runProgram([program, 'test', 'test', '--json'], 'captured', signal)
  try {
    const { failures, ...outcome } = forgeOutcome(stdout.slice(stdout.indexOf('{')))
    for (const failure of failures) console.log(`  ✗ ${failure}`)
    return code !== 0 && outcome.failed === 0 ? { ...outcome, failed: 1 } : outcome
  } catch {
    console.log(stdout)
    return broken
  }
}

/** The programs that npm does not bring, and how each is asked whether it is there; `<program>.binaries.test.ts` needs it. */
const programs = { promtool: ['--version'], terraform: ['version'], kubectl: ['version', '--client'] } as const

const binaries = async (signal: AbortSignal): Promise<Outcome> => {
  let total = nothingRan
  for (const [program, question] of Object.entries(programs)) {
    const isThere = spawnSync(program, question).status === 0
    const run = vitest('binaries', `/${program}.binaries.test.ts`)
    total = sum(total, isThere ? await run(signal) : { ...nothingRan, notRun: [`${program} is missing`] })
  }
  return total
}

const upstream = async (signal: AbortSignal): Promise<Outcome> =>
  process.env.KNOWTON_UPSTREAM === undefined
    ? { ...nothingRan, notRun: ['KNOWTON_UPSTREAM names no folder'] }
    : vitest('upstream')(signal)

/** All of them, in the order in which a fault is cheapest to find. */
export const tiers: readonly Tier[] = [
  { name: 'fast', what: 'rules and derivations, no I/O', run: vitest('fast') },
  { name: 'contracts', what: 'Solidity: units, fuzz, invariants', run: forge },
  { name: 'stores', what: 'real PostgreSQL, ClickHouse engine, chain and processes', run: vitest('stores') },
  { name: 'journeys', what: 'the whole platform over HTTP', run: vitest('journeys') },
  { name: 'binaries', what: 'promtool, terraform and kubectl judge what is rendered', isOutside: true, run: binaries },
  {
    name: 'upstream',
    what: "agreement with other projects' own files",
    title: 'upstream conformance',
    isOutside: true,
    run: upstream,
  },
]
