import { randomBytes, randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Creator, openCreator } from '../testing/open-creator.ts'
import { type Caller, newCaller } from '../testing/sign-in.ts'
import { upload } from '../testing/works.ts'
import { beginAttempt } from '../uploads/upload-store.ts'
import { tidyOnce } from './tidy-uploads.ts'

let service: Creator
let caller: Caller
beforeAll(async () => {
  service = await openCreator()
  caller = await newCaller(service)
})
afterAll(() => service?.close())

const tidy = () => tidyOnce(service.jobContext())
const announce = async (sizeBytes: number): Promise<string> =>
  accepted(await service.call('createUpload', { body: { fileName: 'a', sizeBytes } }, { as: caller.address })).id
const put = (uploadId: string, body: Uint8Array<ArrayBuffer> | ReadableStream) =>
  service.call('putUploadBytes', { params: { uploadId }, body }, { as: caller.address })
const get = (uploadId: string) => service.call('getUpload', { params: { uploadId } }, { as: caller.address })
const stateOf = async (uploadId: string) => accepted(await get(uploadId))
const storedFiles = async () => (await readdir(service.folder)).filter((name) => !name.startsWith('.'))
const write = (fileKey: string) =>
  service.stores.files.put(fileKey, ReadableStream.from([Buffer.from('abc')]), new AbortController().signal)

/** Does something so many milliseconds later; then it is as early as before. */
const later = async (ms: number, work: () => Promise<void>) => {
  const before = service.clock.now
  service.clock.now = new Date(before.getTime() + ms)
  await work()
  service.clock.now = before
}

test('the file of an attempt that failed is removed', async () => {
  const before = await storedFiles()
  const id = await announce(3)
  expect(await put(id, ReadableStream.from([Buffer.from('ab')]))).toMatchObject({ problem: { code: 'upload.size' } })
  await tidy()
  expect(await storedFiles()).toEqual(before)
})

test('an attempt that died between storing and noting is given up, its file removed, and the bytes can be sent again', async () => {
  const id = await announce(3)
  const attempt = { uploadId: id, fileKey: `${id}-${randomUUID()}` }
  await beginAttempt(service.stores.db, attempt, caller.account, service.clock.now)
  await write(attempt.fileKey)
  await tidy()
  expect((await stateOf(id)).state).toBe('receiving')
  await later(61_000, tidy)
  expect(await stateOf(id)).toMatchObject({ state: 'failed', failure: expect.stringContaining('No bytes came') })
  expect(await storedFiles()).not.toContain(attempt.fileKey)

  // The dead attempt comes back to life after all and writes: the file is noted, and goes once no attempt can live.
  await write(attempt.fileKey)
  await later(2 * 3_600_000 + 61_000, tidy)
  expect(await storedFiles()).not.toContain(attempt.fileKey)
  expect(accepted(await put(id, Buffer.from('abc'))).state).toBe('stored')
})

test('uploads that became no work are dropped with their files after a week', async () => {
  const { id } = await upload(service, caller, randomBytes(16))
  const fileKey = (await storedFiles()).find((name) => name.startsWith(id))
  expect(fileKey).toBeDefined()
  await later(7 * 86_400_000 + 1, tidy)
  expect(await get(id)).toMatchObject({ problem: { code: 'upload.unknown' } })
  expect(await storedFiles()).not.toContain(fileKey)
})
