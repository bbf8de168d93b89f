import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Log } from '@knowton/kit'
import { behavesAsWarehouse } from '@knowton/kit/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chdb } from './chdb.ts'

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, with: () => silent }
const openAt = (folder: string) => chdb({ url: `chdb://${folder}`, serviceName: 'test', log: silent })

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knowton chdb-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the engine in this process', () => {
  behavesAsWarehouse(() => openAt(join(folder, 'behaviour')))
})

/** Runs in a process of its own: reports each insert that has resolved, until it is killed. */
const inserter = `
  import { chdb } from ${JSON.stringify(new URL('./chdb.ts', import.meta.url).href)}
  const { store } = await chdb({ url: process.argv[1], serviceName: 'test', log: console })
  await store.command('CREATE TABLE kept (n UInt64) ENGINE = MergeTree ORDER BY n')
  for (let n = 0; ; n += 1) {
    await store.insert('kept', [{ n }])
    process.stdout.write(n + '\\n')
  }
`

const spawnInserter = (target: string) =>
  spawn(process.execPath, ['--input-type=module', '-e', inserter, `chdb://${target}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })

test('a kill loses nothing that was answered, and the folder opens again', async () => {
  const target = join(folder, 'killed')
  const child = spawnInserter(target)
  let answered = -1
  for await (const chunk of child.stdout) {
    answered = Number(String(chunk).trim().split('\n').at(-1))
    if (answered >= 5) break
  }
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended

  const reopened = await openAt(target)
  const [row] = await reopened.store.query<{ rows: string; last: string }>(
    'SELECT count() AS rows, max(n) AS last FROM kept',
  )
  await reopened.close()
  expect(answered).toBeGreaterThanOrEqual(5)
  expect(Number(row?.last)).toBeGreaterThanOrEqual(answered)
  expect(Number(row?.rows)).toBe(Number(row?.last) + 1)
})

test('a folder that another process holds is refused as passing, and named', async () => {
  const target = join(folder, 'held')
  const child = spawnInserter(target)
  await once(child.stdout, 'data')
  await expect(openAt(target)).rejects.toMatchObject({
    code: 'warehouse.open',
    retry: 'later',
    message: expect.stringContaining(target),
  })
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
})

test('parts are synced to the disk before an insert answers', async () => {
  const { store, close } = await openAt(join(folder, 'synced'))
  const settings = await store.query("SELECT name, value FROM system.merge_tree_settings WHERE name LIKE 'fsync%'")
  await close()
  expect(settings).toEqual([
    { name: 'fsync_after_insert', value: '1' },
    { name: 'fsync_part_directory', value: '1' },
  ])
})

test('a long query leaves the event loop free', async () => {
  const { store, close } = await openAt(join(folder, 'busy'))
  const turns: string[] = []
  const query = store.query('SELECT max(sipHash64(number)) AS m FROM numbers(20000000)').then(() => turns.push('query'))
  setImmediate(() => turns.push('loop'))
  await query
  await close()
  expect(turns).toEqual(['loop', 'query'])
})

test.each(['postgres://x/y', 'chdb:', 'chdb://'])('refuses %s as the URL of a warehouse', async (url) => {
  await expect(chdb({ url, serviceName: 'test', log: silent })).rejects.toMatchObject({ code: 'warehouse.url' })
})
