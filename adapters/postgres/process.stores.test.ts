import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from './postgres-database.ts'
import { freshDatabase } from './testing/fresh-database.ts'
import { silentLog } from './testing/silent-log.ts'
import { openToyWorld, type ToyWorld } from './testing/toy-world.ts'

let world: ToyWorld
beforeAll(async () => {
  world = await openToyWorld()
})
afterAll(() => world.close())

const main = fileURLToPath(new URL('./testing/hearer-main.ts', import.meta.url))
const poll = { timeout: 20_000, interval: 20 }

type Environment = Readonly<Record<string, string>>
const start = (environment: Environment, ...args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

const exitOf = async (child: ChildProcess): Promise<{ code: number | null; signal: string | null; stderr: string }> => {
  let stderr = ''
  child.stderr?.on('data', (text) => {
    stderr += text
  })
  const [code, signal] = await once(child, 'close')
  return { code, signal, stderr }
}

/** Resolves with the URL that the process logs when it is ready. */
const readyUrl = async (child: ChildProcess): Promise<string> => {
  let output = ''
  for await (const text of child.stdout ?? []) {
    output += text
    const url = /"url":"([^"]+)"/.exec(output)?.[1]
    if (url !== undefined) return url
  }
  throw new Error(`the process ended:\n${output}`)
}

const heard = async () => {
  const rows = await world.hearerDatabase.query<{ topic: string; n: number }>(
    'SELECT topic, n FROM heard ORDER BY place',
    [],
  )
  return rows.map((row) => `${row.topic} ${row.n}`)
}

test('a process killed in the midst of a batch leaves each fact to be applied once by the next', async () => {
  for (let n = 0; n < 30; n += 1) await world.write({ book: 'killed' })
  const killed = await exitOf(start({ ...world.hearerEnvironment, DIE_AFTER: '17' }))
  expect(killed.signal).toBe('SIGKILL')
  expect(await heard()).toEqual([])
  const next = start(world.hearerEnvironment)
  const all = ['counted', 'noted'].flatMap((topic) => Array.from({ length: 30 }, (_, at) => `${topic} ${at + 1}`))
  await expect.poll(async () => (await heard()).toSorted(byTopicAndNumber), poll).toEqual(all)
  next.kill('SIGTERM')
  expect(await exitOf(next)).toMatchObject({ code: 0 })
})

const byTopicAndNumber = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true })

test('a service told to stop ends by itself with 0', async () => {
  const child = start({ ...world.hearerEnvironment, LOG_LEVEL: 'info' })
  const url = await readyUrl(child)
  expect((await fetch(`${url}/health/ready`)).status).toBe(200)
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
})

test('a service with a wrong environment names every fault at once and ends with 78', async () => {
  const { code, stderr } = await exitOf(start({ PORT: 'eighty', EVENT_SOURCES: '[]' }))
  expect(code).toBe(78)
  expect(stderr).toContain('hearer cannot start with this environment')
  for (const variable of ['PORT', 'STORE_DB_URL is missing', 'EVENT_SOURCES names 0 publishers of the topic "noted"']) {
    expect(stderr).toContain(variable)
  }
})

test('"migrate" needs nothing but the database, brings it up to date and ends with 0, however often and at once', async () => {
  const { url, close } = await freshDatabase()
  try {
    const ends = await Promise.all([1, 2].map(() => exitOf(start({ STORE_DB_URL: url }, 'migrate'))))
    expect(ends.map(({ code, stderr }) => ({ code, stderr }))).toEqual([
      { code: 0, stderr: '' },
      { code: 0, stderr: '' },
    ])
    const database = openDatabase({ url, applicationName: 'test', log: silentLog })
    const applied = await database.query<{ name: string }>('SELECT name FROM kit.migration ORDER BY scope, name', [])
    expect(applied.map(({ name }) => name)).toEqual(['001-events.sql', '002-idempotency.sql', '001-heard.sql'])
    expect(await database.query('SELECT * FROM heard', [])).toEqual([])
    await database.close()
  } finally {
    await close()
  }
})

test('"migrate" without a database says so and ends with 78; another word ends with 64', async () => {
  const { code, stderr } = await exitOf(start({ EVENT_SOURCES: '[]' }, 'migrate'))
  expect(code).toBe(78)
  expect(stderr).toBe('hearer cannot start with this environment:\n  STORE_DB_URL is missing\n')
  expect(await exitOf(start({}, 'sing'))).toMatchObject({
    code: 64,
    stderr: expect.stringContaining('knows no "sing"'),
  })
})
