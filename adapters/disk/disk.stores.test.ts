import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { behavesAsFiles } from '@knowton/kit/testing'
import { expect, test } from 'vitest'
import { silentLog } from '../postgres/testing/silent-log.ts'
import { disk } from './disk.ts'

const openFresh = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'knowton-disk-'))
  const url = pathToFileURL(folder).href
  const { store } = await disk({ url, serviceName: 'test', log: silentLog })
  return { store, folder, close: () => rm(folder, { recursive: true }) }
}

behavesAsFiles(openFresh)

test('an interrupted write leaves nothing on the disk', async () => {
  const { store, folder, close } = await openFresh()
  const broken = async function* () {
    yield randomBytes(100_000)
    throw new Error('the line broke')
  }
  await expect(store.put('work', broken(), new AbortController().signal)).rejects.toThrow('the line broke')
  expect(await readdir(folder, { recursive: true })).toEqual(['.unfinished'])
  await close()
})

test('a key cannot lead out of the folder', async () => {
  const { store, close } = await openFresh()
  for (const key of ['../x', '/etc/passwd', 'a/../../x', '.unfinished/x', 'a//b', '', 'a\0b', 'a\\..\\b']) {
    await expect(store.get(key, new AbortController().signal)).rejects.toMatchObject({ code: 'storage.key' })
  }
  await close()
})

test.runIf(process.platform === 'linux')('a file that was asked for and never read is not left open', async () => {
  const { store, folder, close } = await openFresh()
  const { signal } = new AbortController()
  await store.put('work', Readable.from([Buffer.from('abc')]), signal)
  const file = await store.get('work', signal)
  await file?.stream[Symbol.asyncIterator]().return?.()
  const open = await Promise.all(
    (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  )
  expect(open.filter((path) => path.startsWith(folder))).toEqual([])
  await close()
})
