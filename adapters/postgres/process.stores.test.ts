import { runProcess } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from './postgres-database.ts'
import { freshDatabase } from './testing/fresh-database.ts'
import { silentLog } from './testing/silent-log.ts'
import { openToyWorld, type ToyWorld } from './testing/toy-world.ts'

let world: ToyWorld
beforeAll(async () => {
  world = await openToyWorld()
})
afterAll(() => world?.close())

const main = new URL('./testing/hearer-main.ts', import.meta.url)

/** How a process ends by itself. */
const endOf = async (environment: Readonly<Record<string, string>>, ...args: readonly string[]) => {
  await using child = runProcess(main, environment, ...args)
  return await child.ended()
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
  expect(await endOf({ ...world.hearerEnvironment, DIE_AFTER: '17' })).toMatchObject({ signal: 'SIGKILL' })
  expect(await heard()).toEqual([])
  await using next = runProcess(main, world.hearerEnvironment)
  const all = ['counted', 'noted'].flatMap((topic) => Array.from({ length: 30 }, (_, at) => `${topic} ${at + 1}`))
  await next.caughtUp()
  expect((await heard()).toSorted(byTopicAndNumber)).toEqual(all)
  expect(await next.end('SIGTERM')).toMatchObject({ code: 0 })
})

const byTopicAndNumber = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true })

test('a service told to stop ends by itself with 0', async () => {
  await using child = runProcess(main, world.hearerEnvironment)
  expect((await fetch(`${await child.url()}/health/ready`)).status).toBe(200)
  expect(await child.end('SIGTERM')).toMatchObject({ code: 0, signal: null })
})

test('a service with a wrong environment names every fault at once and ends with 78', async () => {
  const { code, stderr } = await endOf({ PORT: 'eighty', EVENT_SOURCES: '[]' })
  expect(code).toBe(78)
  expect(stderr).toContain('hearer cannot start with this environment')
  for (const variable of ['PORT', 'STORE_DB_URL is missing', 'EVENT_SOURCES names 0 publishers of the topic "noted"']) {
    expect(stderr).toContain(variable)
  }
})

test('"migrate" needs nothing but the database, brings it up to date and ends with 0, however often and at once', async () => {
  const { url, close } = await freshDatabase()
  try {
    const ends = await Promise.all([1, 2].map(() => endOf({ STORE_DB_URL: url }, 'migrate')))
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
  const { code, stderr } = await endOf({ EVENT_SOURCES: '[]' }, 'migrate')
  expect(code).toBe(78)
  expect(stderr).toBe('hearer cannot start with this environment:\n  STORE_DB_URL is missing\n')
  expect(await endOf({}, 'sing')).toMatchObject({
    code: 64,
    stderr: expect.stringContaining('knows no "sing"'),
  })
})
