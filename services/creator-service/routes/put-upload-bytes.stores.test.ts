import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { Fault } from '@knowton/core'
import type { Files } from '@knowton/kit'
import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Creator, openCreator } from '../testing/open-creator.ts'
import { type Caller, newCaller } from '../testing/sign-in.ts'
import { upload } from '../testing/works.ts'

let service: Creator
let caller: Caller
/** How the store of files fails, when it does. */
let broken: Partial<Files> = {}

beforeAll(async () => {
  service = await openCreator({
    ports: (ports) => ({
      ...ports,
      files: {
        put: (...asked) => (broken.put ?? ports.files.put)(...asked),
        get: (...asked) => (broken.get ?? ports.files.get)(...asked),
        remove: ports.files.remove,
      },
    }),
  })
  caller = await newCaller(service)
})
afterAll(() => service?.close())

const announce = async (body: { fileName?: string; sizeBytes: number; sha256?: string }): Promise<string> =>
  accepted(await service.call('createUpload', { body: { fileName: 'a', ...body } }, { as: caller.address })).id
const put = (uploadId: string, body: Uint8Array<ArrayBuffer> | ReadableStream, as = caller.address) =>
  service.call('putUploadBytes', { params: { uploadId }, body }, { as })
const get = async (uploadId: string) =>
  accepted(await service.call('getUpload', { params: { uploadId } }, { as: caller.address }))
const stream = (source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) => ReadableStream.from(source)
const storedFiles = async () => (await readdir(service.folder)).filter((name) => !name.startsWith('.'))
const sha256 = (bytes: Uint8Array) => `0x${createHash('sha256').update(bytes).digest('hex')}`

test('a file is stored with the hash, the address and the type that its bytes have', async () => {
  const bytes = Buffer.from('hello world')
  const stored = await upload(service, caller, bytes, 'picture.png')
  expect(stored).toMatchObject({
    state: 'stored',
    fileName: 'picture.png',
    sizeBytes: 11,
    receivedBytes: 11,
    sha256: sha256(bytes),
    cid: 'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e',
    kind: 'text',
    mediaType: 'text/plain',
    failure: null,
  })
  expect(await get(stored.id)).toEqual(stored)
  expect(await put(stored.id, bytes)).toMatchObject({ status: 409, problem: { code: 'upload.stored' } })
})

test('bytes that are not as many as announced are not kept, and the upload says why; it may be tried again', async () => {
  const id = await announce({ sizeBytes: 10 })
  const refused = (code: string) => ({ status: 422, problem: { code } })
  expect(await put(id, Buffer.alloc(9))).toMatchObject(refused('upload.size'))
  expect((await get(id)).state).toBe('waiting')
  const detail = '9 bytes arrived, 10 were announced.'
  expect(await put(id, stream([Buffer.alloc(4), Buffer.alloc(5)]))).toMatchObject({
    problem: { code: 'upload.size', detail },
  })
  expect(await get(id)).toMatchObject({ state: 'failed', failure: detail })
  expect(await put(id, stream([Buffer.alloc(4), Buffer.alloc(7)]))).toMatchObject(refused('upload.size'))
  expect(await put(id, stream([]))).toMatchObject(refused('upload.empty'))
  expect(accepted(await put(id, stream([Buffer.alloc(10, 'x')])))).toMatchObject({ state: 'stored', failure: null })
})

test('bytes without the announced SHA-256 are not kept', async () => {
  const bytes = randomBytes(1000)
  const right = await announce({ sizeBytes: 1000, sha256: sha256(bytes).toUpperCase().replace('0X', '0x') })
  expect(accepted(await put(right, bytes)).state).toBe('stored')
  const wrong = await announce({ sizeBytes: 1000, sha256: sha256(Buffer.from('other')) })
  expect(await put(wrong, bytes)).toMatchObject({ status: 422, problem: { code: 'upload.digest' } })
  expect((await get(wrong)).failure).toContain(sha256(bytes))
})

test('hostile names are kept as they are and lead nowhere', async () => {
  const names = [
    '../../../etc/passwd',
    '/etc/shadow',
    'C:\\Windows\\win.ini',
    '\u202egnp.exe',
    '\u0007bell\u001b[31m',
    '\u{1f3b9}'.repeat(127),
    '.',
    "'; DROP TABLE upload; --",
    '%2e%2e%2f',
  ]
  for (const fileName of names) {
    const stored = await upload(service, caller, randomBytes(16), fileName)
    expect(stored).toMatchObject({ state: 'stored', fileName })
  }
  expect((await storedFiles()).every((name) => /^[0-9a-f-]{73}$/.test(name))).toBe(true)
})

test('neither names nor headers say what a file is', async () => {
  const html = await upload(service, caller, Buffer.from('<!doctype html><script>alert(1)</script>'), 'cat.png')
  expect(html).toMatchObject({ mediaType: 'text/html', kind: 'text' })
  const id = await announce({ sizeBytes: 8, fileName: 'x.txt' })
  const png = await service.send(`PUT /content/uploads/${id}/bytes`, {
    as: caller.address,
    bytes: Buffer.from('89504e470d0a1a0a', 'hex'),
    headers: { 'content-type': 'text/html' },
  })
  expect(png.json).not.toMatchObject({ mediaType: 'text/html' })
})

test('while bytes arrive, others are refused; when the sender goes, the upload says so and can be sent again', async () => {
  const id = await announce({ sizeBytes: 1_000_000 })
  const sending = request(`${service.url}/api/v1/content/uploads/${id}/bytes`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${caller.token}`, 'content-type': 'application/octet-stream' },
  })
  sending.on('error', () => undefined)
  sending.write(Buffer.alloc(100_000))
  await untilState(id, 'receiving')
  const second = await put(id, Buffer.alloc(1_000_000))
  expect(second).toMatchObject({ status: 409, problem: { code: 'upload.running' } })
  sending.destroy()
  const failed = await untilState(id, 'failed')
  expect(failed.failure).toBe('The connection ended before all bytes had arrived.')
  expect(accepted(await put(id, Buffer.alloc(1_000_000, 7))).state).toBe('stored')
})

/** Asks until the upload is in this state; the test's own time limit ends it. */
const untilState = async (id: string, wanted: string) => {
  for (;;) {
    const found = await get(id)
    if (found.state === wanted) return found
  }
}

test("nobody writes to another's upload, nor to one that was never announced", async () => {
  const stranger = await newCaller(service)
  const unknown = { status: 404, problem: { code: 'upload.unknown' } }
  expect(await put(await announce({ sizeBytes: 3 }), Buffer.from('abc'), stranger.address)).toMatchObject(unknown)
  expect(await put(randomUUID(), Buffer.from('abc'))).toMatchObject(unknown)
})

test('an attempt that was given up in the meantime cannot end well', async () => {
  const id = await announce({ sizeBytes: 6 })
  const before = service.clock.now
  const source = async function* () {
    yield Buffer.from('abc')
    await service.stores.db.query("UPDATE upload SET state = 'failed', failure = 'given up' WHERE id = $1", [id])
    service.clock.now = new Date(before.getTime() + 1_000)
    yield Buffer.from('def')
  }
  const body = { stream: source(), mediaType: undefined, lengthBytes: undefined }
  const putting = service.handle('putUploadBytes', { params: { uploadId: id }, body }, caller.address)
  await expect(putting).rejects.toMatchObject({ code: 'request.timeout' })
  expect(await get(id)).toMatchObject({ state: 'failed', failure: 'given up' })
  service.clock.now = before
})

test('a full disk is a refusal', async () => {
  const id = await announce({ sizeBytes: 3 })
  broken = {
    put: async () => {
      throw new Fault('storage.full', 'There is no room left to store the file.', { retry: 'later' })
    },
  }
  expect(await put(id, Buffer.from('abc'))).toMatchObject({ status: 507, problem: { code: 'storage.full' } })
  broken = {}
  expect((await get(id)).failure).toBe('There is no room left to store the file.')
  expect(accepted(await put(id, Buffer.from('abc'))).state).toBe('stored')
})

test('a store that changes bytes is found out', async () => {
  const id = await announce({ sizeBytes: 3 })
  broken = { get: async () => ({ sizeBytes: 3, stream: stream([Buffer.from('abd')]) }) }
  expect(await put(id, Buffer.from('abc'))).toMatchObject({ status: 503, problem: { code: 'internal.unavailable' } })
  broken = {}
  expect((await get(id)).state).toBe('failed')
})

test('a large file passes through without being held in memory', async () => {
  const megabyte = randomBytes(1 << 20)
  const count = 256
  const peak = { bytes: 0 }
  const source = async function* () {
    for (let index = 0; index < count; index += 1) {
      peak.bytes = Math.max(peak.bytes, process.memoryUsage.rss())
      yield megabyte
    }
  }
  const id = await announce({ sizeBytes: count << 20 })
  const before = process.memoryUsage.rss()
  expect(accepted(await put(id, stream(source())))).toMatchObject({ state: 'stored', receivedBytes: count << 20 })
  expect(Math.max(peak.bytes, process.memoryUsage.rss()) - before).toBeLessThan(160 << 20)
})
