import { once } from 'node:events'
import { Fault } from '@knowton/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, type PostgresDatabase } from './postgres-database.ts'
import { freshDatabase } from './testing/fresh-database.ts'
import { silentLog } from './testing/silent-log.ts'

let database: PostgresDatabase
let closeAll: () => Promise<void>

beforeAll(async () => {
  const fresh = await freshDatabase()
  database = openDatabase({ url: fresh.url, applicationName: 'test', log: silentLog })
  await database.query('CREATE TABLE note (id bigint PRIMARY KEY, text text)')
  closeAll = async () => {
    await database.close()
    await fresh.close()
  }
})
afterAll(() => closeAll())

const codeOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  )
  return error instanceof Fault ? { code: error.code, retry: error.retry } : error
}

test('a statement has half a minute, an open transaction a minute, without a startup parameter', async () => {
  const settings = await database.query(
    `SELECT name, setting, source FROM pg_settings
     WHERE name IN ('statement_timeout', 'idle_in_transaction_session_timeout') ORDER BY name`,
    [],
  )
  expect(settings).toEqual([
    { name: 'idle_in_transaction_session_timeout', setting: '60000', source: 'session' },
    { name: 'statement_timeout', setting: '30000', source: 'session' },
  ])
})

test('whole numbers of any size come back as bigint, also in lists', async () => {
  const [row] = await database.query(
    `SELECT 9007199254740993::int8 AS big, (2::numeric ^ 256 - 1)::numeric(78,0) AS huge,
       ARRAY[1, NULL, 3]::int8[] AS list, ARRAY[5]::numeric(78,0)[] AS amounts, '{"a":[1]}'::jsonb AS json,
       DATE '2026-01-31' AS day, TIMESTAMPTZ '2026-01-31T00:00:00Z' AS instant`,
    [],
  )
  expect(row).toEqual({
    big: 9007199254740993n,
    huge: 2n ** 256n - 1n,
    list: [1n, null, 3n],
    amounts: [5n],
    json: { a: [1] },
    day: '2026-01-31',
    instant: new Date('2026-01-31T00:00:00Z'),
  })
})

test('a transaction that throws leaves nothing', async () => {
  const failed = database.transaction(async (tx) => {
    await tx.query('INSERT INTO note VALUES ($1, $2)', [1n, 'gone'])
    throw new Error('changed my mind')
  })
  await expect(failed).rejects.toThrow('changed my mind')
  expect(await database.query('SELECT * FROM note WHERE id = 1', [])).toEqual([])
})

test('a transaction whose failed statement was swallowed says that it did not commit', async () => {
  const code = await codeOf(
    database.transaction(async (tx) => {
      await tx.query('INSERT INTO note VALUES (2, $1)', ['kept?'])
      await tx.query('SELECT 1 / 0', []).catch(() => undefined)
    }),
  )
  expect(code).toEqual({ code: 'postgres.rolled-back', retry: 'never' })
})

test('nothing can be sent through a transaction that has ended', async () => {
  const leaked = await database.transaction(async (tx) => tx)
  expect(await codeOf(leaked.query('SELECT 1', []))).toEqual({ code: 'postgres.closed-transaction', retry: 'never' })
})

test('errors are told apart by SQLSTATE', async () => {
  await database.query('INSERT INTO note VALUES (3, $1)', ['once'])
  expect(await codeOf(database.query('INSERT INTO note VALUES (3, $1)', ['twice']))).toEqual({
    code: 'postgres.23505',
    retry: 'never',
  })
  expect(await codeOf(database.query('SELECT $1::text', ['a\0b']))).toEqual({ code: 'postgres.text', retry: 'never' })
})

test('two transactions that wait for each other end in a conflict that may be tried again', async () => {
  await database.query('INSERT INTO note VALUES (10, $1), (11, $1)', ['x'])
  const update = 'UPDATE note SET text = text WHERE id = $1'
  const firstSteps = Promise.withResolvers<void>()
  let ready = 0
  const cross = (mine: bigint, other: bigint) =>
    database.transaction(async (tx) => {
      await tx.query(update, [mine])
      ready += 1
      if (ready === 2) firstSteps.resolve()
      await firstSteps.promise
      await tx.query(update, [other])
    })
  const codes = await Promise.all([codeOf(cross(10n, 11n)), codeOf(cross(11n, 10n))])
  expect(codes).toContainEqual({ code: 'postgres.conflict', retry: 'later' })
  expect(codes).toContainEqual(undefined)
})

test('a statement goes on working after its table was changed', async () => {
  const read = 'SELECT * FROM note WHERE id = $1'
  await database.transaction((tx) => tx.query(read, [3n]))
  await database.query('ALTER TABLE note ADD COLUMN more int')
  const outcomes = []
  for (let tries = 0; tries < 2; tries += 1) outcomes.push(await codeOf(database.query(read, [3n])))
  expect(outcomes.at(-1)).toBeUndefined()
})

test('a lost connection is a fault that passes, and the pool goes on', async () => {
  const killed = database.transaction(async (tx) => {
    const [row] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid', [])
    await database.query('SELECT pg_terminate_backend($1)', [row?.pid])
    await tx.query('SELECT 1', [])
  })
  expect(await codeOf(killed)).toEqual({ code: 'postgres.unreachable', retry: 'later' })
  expect(await database.query('SELECT 1 AS one', [])).toEqual([{ one: 1 }])
})

test('a server that is not there is a fault that passes', async () => {
  const nowhere = openDatabase({ url: 'postgres://x@127.0.0.1:1/x', applicationName: 'test', log: silentLog })
  expect(await codeOf(nowhere.query('SELECT 1', []))).toEqual({ code: 'postgres.unreachable', retry: 'later' })
  await nowhere.close()
})

test('a listener hears notifications until its signal fires', async () => {
  const heard = new EventTarget()
  const payloads: string[] = []
  const leaving = new AbortController()
  await database.listen(
    'news',
    (payload) => {
      payloads.push(payload)
      heard.dispatchEvent(new Event('heard'))
    },
    leaving.signal,
  )
  const first = once(heard, 'heard')
  await database.query("SELECT pg_notify('news', 'one')", [])
  await first
  leaving.abort()
  await database.query("SELECT pg_notify('news', 'two')", [])
  const again = once(heard, 'heard')
  await database.listen('news', () => heard.dispatchEvent(new Event('heard')), new AbortController().signal)
  await database.query("SELECT pg_notify('news', 'three')", [])
  await again
  expect(payloads).toEqual(['one'])
})
