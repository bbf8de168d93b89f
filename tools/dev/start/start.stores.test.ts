import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { wait } from '@knowton/core'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Child, endChildren, isRunning, readChildren } from '../../supervisor/children.ts'
import { homeAt } from '../home.ts'
import { findRun, readRun } from '../run-file.ts'
import { type RunProcess, runVerb } from '../testing/run-process.ts'

const READY = 'KnowTon is ready: http://localhost:'
const everything = [
  'analytics-service',
  'asset-tokenization',
  'chain',
  'creator-service',
  'gateway',
  'marketplace-service',
  'postgres',
]

let root: string
let runs: RunProcess[]

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'knowton-run-'))
  runs = []
})

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  for (const run of runs) run.kill('SIGKILL')
})

afterAll(async () => {
  for (const run of runs) run.kill('SIGTERM')
  await Promise.all(runs.map(({ exited }) => exited))
  await endChildren(readChildren(homeAt(root).children), AbortSignal.abort())
  rmSync(root, { recursive: true, force: true })
})

const open = (args: readonly string[], settings?: Readonly<Record<string, string>>): RunProcess => {
  const run = runVerb(root, args, settings)
  runs.push(run)
  return run
}

const untilTrue = async (what: string, isTrue: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = AbortSignal.timeout(30_000)
  while (!(await isTrue())) {
    if (deadline.aborted) throw new Error(`${what} did not come true in 30 s`)
    await wait(25, deadline).catch(() => {})
  }
}

const children = (): readonly Child[] => readChildren(homeAt(root).children)
const namesOf = (some: readonly Child[]): readonly string[] => some.map(({ name }) => name).toSorted()

const answers = async (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  )

const inDatabase = async (service: string, query: string): Promise<readonly Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: readRun(root).databases[service] })
  await client.connect()
  const { rows } = await client.query(query)
  await client.end()
  return rows
}

test('starts everything, guards what is secret, heals a killed service, refuses a second run and a taken port', async () => {
  const run = open(['start'])
  await run.says(READY)
  const record = readRun(root)
  expect(namesOf(children().filter(isRunning))).toEqual(everything)
  expect(await Promise.all(Object.values(record.services).map(({ url }) => answers(url)))).toEqual([
    true,
    true,
    true,
    true,
  ])
  for (const secret of [
    homeAt(root).run,
    ...readdirSync(homeAt(root).keys).map((name) => join(homeAt(root).keys, name)),
  ]) {
    expect(statSync(secret).mode & 0o077, secret).toBe(0)
  }
  await inDatabase('creator-service', 'CREATE TABLE kept (word text)')
  await inDatabase('creator-service', "INSERT INTO kept VALUES ('still here')")
  const databases = Object.entries(record.databases)
  const foreign = new pg.Client({
    connectionString: (databases.find(([name]) => name === 'analytics-service')?.[1] ?? '').replace(
      /[^/]+$/,
      'postgres',
    ),
  })
  await foreign.connect()
  await expect(foreign.query('CREATE DATABASE mine')).rejects.toThrow('permission denied')
  await foreign.end()

  const second = open(['start'])
  expect(await second.exited).toBe(1)
  expect(second.said()).toContain(`KnowTon already runs from this folder (process ${run.pid}).`)
  const reset = open(['reset', '--yes'])
  expect(await reset.exited).toBe(1)
  expect(existsSync(homeAt(root).postgres)).toBe(true)

  const elsewhere = mkdtempSync(join(tmpdir(), 'knowton-other-'))
  const taken = new URL(record.gatewayUrl).port
  const other = runVerb(elsewhere, ['start'], { KNOWTON_PORT: taken })
  runs.push(other)
  expect(await other.exited).toBe(1)
  expect(other.said()).toContain(`Port ${taken} for the gateway is in use by process ${record.processes.gateway} (`)
  expect(other.said()).toContain('KNOWTON_PORT=8001 npm start')
  rmSync(elsewhere, { recursive: true })

  const victim = record.services['marketplace-service']
  process.kill(victim?.pid ?? -1, 'SIGKILL')
  await untilTrue('the restart', () => readRun(root).services['marketplace-service']?.restarts === 1)
  const healed = readRun(root).services['marketplace-service']
  expect(healed?.pid).not.toBe(victim?.pid)
  await untilTrue('readiness', () => answers(healed?.url ?? ''))

  const started = children()
  run.kill('SIGTERM')
  run.kill('SIGTERM')
  expect(await run.exited).toBe(0)
  expect(started.filter(isRunning)).toEqual([])
  expect(findRun(root)).toBeUndefined()
}, 90_000)

test('starts again with the same data; killed itself, it leaves nothing running and can be started again', async () => {
  const run = open(['start'])
  await run.says(READY)
  expect(await inDatabase('creator-service', 'SELECT word FROM kept')).toEqual([{ word: 'still here' }])
  const { contracts } = readRun(root)
  const left = children()
  run.kill('SIGKILL')
  await run.exited
  await untilTrue('the end of everything', () => left.every((child) => !isRunning(child)))

  const next = open(['start'])
  await next.says(READY)
  expect(readRun(root).contracts).toEqual(contracts)
  expect(await inDatabase('creator-service', 'SELECT word FROM kept')).toEqual([{ word: 'still here' }])
  const status = open(['status'])
  expect(await status.exited).toBe(0)
  expect(status.said()).toContain('marketplace-service   ready')
  next.kill('SIGINT')
  expect(await next.exited).toBe(0)
}, 90_000)

test('reset deletes everything, but only when told so', async () => {
  const asked = open(['reset'])
  expect(await asked.exited).toBe(1)
  expect(asked.said()).toContain('npm run reset -- --yes')
  expect(existsSync(homeAt(root).postgres)).toBe(true)
  const reset = open(['reset', '--yes'])
  expect(await reset.exited).toBe(0)
  expect(existsSync(root)).toBe(false)
})
