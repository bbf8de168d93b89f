import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { migrate } from '@knowton/kit/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase, type PostgresDatabase } from './postgres-database.ts'
import { freshDatabase } from './testing/fresh-database.ts'
import { silentLog } from './testing/silent-log.ts'

let database: PostgresDatabase
let folder: string
let closeAll: () => Promise<void>
beforeEach(async () => {
  const fresh = await freshDatabase()
  database = openDatabase({ url: fresh.url, applicationName: 'test', log: silentLog })
  folder = await mkdtemp(join(tmpdir(), 'knowton-migrations-'))
  closeAll = async () => {
    await database.close()
    await Promise.all([fresh.close(), rm(folder, { recursive: true })])
  }
})
afterEach(() => closeAll())

const add = (name: string, text: string) => writeFile(join(folder, name), text)
const run = () => migrate(database, pathToFileURL(folder))

test('each file runs once, in order of its name, whoever else migrates at the same time', async () => {
  await add('002-second.sql', 'INSERT INTO step VALUES (2)')
  await add('001-first.sql', 'CREATE TABLE step (n int); INSERT INTO step VALUES (1)')
  await Promise.all([run(), run(), run()])
  await add('003-third.sql', 'INSERT INTO step VALUES (3)')
  expect(await run()).toEqual(['003-third.sql'])
  expect(await run()).toEqual([])
  expect(await database.query('SELECT n FROM step ORDER BY n', [])).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
})

test('a file that fails leaves nothing of itself', async () => {
  await add('001-first.sql', 'CREATE TABLE step (n int); SELECT 1 / 0')
  await expect(run()).rejects.toMatchObject({ code: 'postgres.22012' })
  expect(await database.query("SELECT to_regclass('step') AS found", [])).toEqual([{ found: null }])
  await add('001-first.sql', 'CREATE TABLE step (n int)')
  expect(await run()).toEqual(['001-first.sql'])
})

test('an applied file that changed, went away or was overtaken by an earlier name is a fault', async () => {
  await add('002-a.sql', 'SELECT 1')
  await run()
  await add('002-a.sql', 'SELECT 2')
  await expect(run()).rejects.toMatchObject({ code: 'migration.changed' })
  await add('002-a.sql', 'SELECT 1')
  await add('001-before.sql', 'SELECT 1')
  await expect(run()).rejects.toMatchObject({ code: 'migration.changed' })
  await rm(join(folder, '001-before.sql'))
  await rm(join(folder, '002-a.sql'))
  await expect(run()).rejects.toMatchObject({ code: 'migration.changed' })
})

test('a log that was restored from another server is refused', async () => {
  await run()
  await database.query("INSERT INTO events.aggregate VALUES ('a', 'k', 1)")
  await database.query(`INSERT INTO events.log (xid, id, topic, version, key, aggregate_version, occurred_at, payload)
    VALUES ('999999999999', gen_random_uuid(), 'a', 1, 'k', 1, now(), '{}')`)
  await expect(run()).rejects.toMatchObject({ code: 'migration.foreign-log' })
})
