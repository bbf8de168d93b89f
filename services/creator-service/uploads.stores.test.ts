import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { silentLog } from '@knowton/adapters/postgres/testing'
import { Fault } from '@knowton/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tidyOnce } from './jobs/tidy-uploads.ts'
import type { Ports } from './ports.ts'
import { putUploadBytes } from './routes/put-upload-bytes.ts'
import { type Caller, call, newCaller, upload } from './testing/caller.ts'
import { type OpenService, openService } from './testing/open-service.ts'
import { beginAttempt, findUpload } from './uploads/upload-store.ts'

const nowhere = {
  contracts: { workToken: `0x${'1'.repeat(40)}`, splitterFactory: `0x${'2'.repeat(40)}`, walletFactory: '0x' },
  anvil: { rpcUrl: 'http://127.0.0.1:1' },
} as const

let service: OpenService
let caller: Caller

beforeAll(async () => {
  service = await openService(nowhere)
  caller = await newCaller(service)
})
afterAll(() => service.close())

const announce = async (body: { fileName?: string; sizeBytes: number; sha256?: string }) =>
  call(service, 'POST /content/uploads', { token: caller.token, body: { fileName: 'a', ...body } })
const put = (id: string, bytes: Uint8Array<ArrayBuffer> | ReadableStream) =>
  call(service, `PUT /content/uploads/${id}/bytes`, { token: caller.token, bytes })
const get = async (id: string) => (await call(service, `GET /content/uploads/${id}`, { token: caller.token })).json
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
  expect((await put(stored.id, bytes)).json.code).toBe('upload.stored')
})

test('the same announcement under one key is one upload', async () => {
  const headers = { 'idempotency-key': randomUUID() }
  const body = { fileName: 'a', sizeBytes: 5 }
  const [first, second] = [
    await call(service, 'POST /content/uploads', { token: caller.token, body, headers }),
    await call(service, 'POST /content/uploads', { token: caller.token, body, headers }),
  ]
  expect(second.json).toEqual(first.json)
})

test('bytes that are not as many as announced are not kept, and the upload says why; it may be tried again', async () => {
  const before = (await storedFiles()).length
  const { json } = await announce({ sizeBytes: 10 })
  expect((await put(json.id, Buffer.alloc(9))).json.code).toBe('upload.size')
  expect((await get(json.id)).state).toBe('waiting')
  const short = await put(json.id, stream([Buffer.alloc(4), Buffer.alloc(5)]))
  expect(short.json).toMatchObject({ code: 'upload.size', detail: '9 bytes arrived, 10 were announced.' })
  expect(await get(json.id)).toMatchObject({ state: 'failed', failure: '9 bytes arrived, 10 were announced.' })
  const long = await put(json.id, stream([Buffer.alloc(4), Buffer.alloc(7)]))
  expect(long.json.code).toBe('upload.size')
  expect((await put(json.id, stream([]))).json.code).toBe('upload.empty')
  await tidy()
  expect(await storedFiles()).toHaveLength(before)
  expect((await put(json.id, stream([Buffer.alloc(10, 'x')]))).json).toMatchObject({ state: 'stored', failure: null })
})

test('bytes without the announced SHA-256 are not kept', async () => {
  const bytes = randomBytes(1000)
  const right = await announce({ sizeBytes: 1000, sha256: sha256(bytes).toUpperCase().replace('0X', '0x') })
  expect((await put(right.json.id, bytes)).json.state).toBe('stored')
  const wrong = await announce({ sizeBytes: 1000, sha256: sha256(Buffer.from('other')) })
  const refused = await put(wrong.json.id, bytes)
  expect(refused.json).toMatchObject({ code: 'upload.digest', status: 422 })
  expect((await get(wrong.json.id)).failure).toContain(sha256(bytes))
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
  for (const name of names) {
    const stored = await upload(service, caller, randomBytes(16), name)
    expect(stored).toMatchObject({ state: 'stored', fileName: name })
  }
  expect((await announce({ sizeBytes: 1, fileName: 'a\0b' })).json.code).toBe('request.invalid')
  expect((await announce({ sizeBytes: 1, fileName: '\ud800' })).json.code).toBe('request.invalid')
  expect((await storedFiles()).every((name) => /^[0-9a-f-]{73}$/.test(name))).toBe(true)
})

test('neither names nor headers say what a file is', async () => {
  const html = await upload(service, caller, Buffer.from('<!doctype html><script>alert(1)</script>'), 'cat.png')
  expect(html).toMatchObject({ mediaType: 'text/html', kind: 'text' })
  const { json } = await announce({ sizeBytes: 8, fileName: 'x.txt' })
  const png = await call(service, `PUT /content/uploads/${json.id}/bytes`, {
    token: caller.token,
    bytes: Buffer.from('89504e470d0a1a0a', 'hex'),
    headers: { 'content-type': 'text/html' },
  })
  expect(png.json.mediaType).not.toBe('text/html')
})

test('while bytes arrive, others are refused; when the sender goes, the upload says so and can be sent again', async () => {
  const { json } = await announce({ sizeBytes: 1_000_000 })
  const sending = request(`${service.url}/api/v1/content/uploads/${json.id}/bytes`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${caller.token}`, 'content-type': 'application/octet-stream' },
  })
  sending.on('error', () => undefined)
  sending.write(Buffer.alloc(100_000))
  await state(json.id, 'receiving')
  expect((await put(json.id, Buffer.alloc(1_000_000))).json.code).toBe('upload.running')
  sending.destroy()
  const failed = await state(json.id, 'failed')
  expect(failed?.failure).toBe('The connection ended before all bytes had arrived.')
  expect((await put(json.id, Buffer.alloc(1_000_000, 7))).json.state).toBe('stored')
})

/** Asks until the upload is in this state; the test's own time limit ends it. */
const state = async (id: string, wanted: string) => {
  for (;;) {
    const found = await get(id)
    if (found.state === wanted) return found
  }
}

test("nobody sees or writes to another's upload", async () => {
  const { json } = await announce({ sizeBytes: 3 })
  const stranger = await newCaller(service)
  expect((await call(service, `GET /content/uploads/${json.id}`, { token: stranger.token })).json.code).toBe(
    'upload.unknown',
  )
  const bytes = Buffer.from('abc')
  const stolen = await call(service, `PUT /content/uploads/${json.id}/bytes`, { token: stranger.token, bytes })
  expect(stolen.json.code).toBe('upload.unknown')
})

const ports = (change: Partial<Ports> = {}) =>
  ({
    db: service.db,
    files: service.files,
    clock: () => service.clock.now,
    newId: randomUUID,
    ...change,
  }) as Ports

const tidy = () =>
  tidyOnce({
    ports: ports(),
    publish: async () => undefined,
    log: silentLog,
    clock: () => service.clock.now,
    signal: new AbortController().signal,
  })

const account = () => caller.account as Parameters<typeof beginAttempt>[2]
const laterBy = (ms: number) => new Date(service.clock.now.getTime() + ms)

test('an attempt that died between storing and noting is given up, its file removed, and the bytes can be sent again', async () => {
  const { json } = await announce({ sizeBytes: 3 })
  const attempt = { uploadId: json.id, fileKey: `${json.id}-${randomUUID()}` }
  await beginAttempt(service.db, attempt, account(), service.clock.now)
  await service.files.put(attempt.fileKey, stream([Buffer.from('abc')]), new AbortController().signal)
  await tidy()
  expect((await get(json.id)).state).toBe('receiving')
  const before = service.clock.now
  service.clock.now = laterBy(61_000)
  await tidy()
  expect(await get(json.id)).toMatchObject({ state: 'failed', failure: expect.stringContaining('No bytes came') })
  expect(await storedFiles()).not.toContain(attempt.fileKey)

  // The dead attempt comes back to life after all and writes: the file is noted, and goes once no attempt can live.
  await service.files.put(attempt.fileKey, stream([Buffer.from('abc')]), new AbortController().signal)
  service.clock.now = laterBy(2 * 3_600_000)
  await tidy()
  expect(await storedFiles()).not.toContain(attempt.fileKey)
  service.clock.now = before
  expect((await put(json.id, Buffer.from('abc'))).json.state).toBe('stored')
})

test('an attempt that was given up in the meantime cannot end well', async () => {
  const { json } = await announce({ sizeBytes: 6 })
  const source = async function* () {
    yield Buffer.from('abc')
    await service.db.query("UPDATE upload SET state = 'failed', failure = 'given up' WHERE id = $1", [json.id])
    service.clock.now = laterBy(1_000)
    yield Buffer.from('def')
  }
  await expect(putDirectly(json.id, ports(), source())).rejects.toMatchObject({ code: 'request.timeout' })
  expect(await get(json.id)).toMatchObject({ state: 'failed', failure: 'given up' })
})

const putDirectly = (uploadId: string, withPorts: Ports, source: AsyncIterable<Uint8Array>) =>
  putUploadBytes(
    {
      params: { uploadId },
      query: undefined,
      headers: undefined,
      body: { stream: source, mediaType: undefined, lengthBytes: undefined },
    },
    {
      ports: withPorts,
      publish: async () => undefined,
      user: { account: account(), address: caller.address, sessionId: randomUUID() },
      tx: undefined,
      requestId: randomUUID(),
      log: silentLog,
      signal: new AbortController().signal,
      now: service.clock.now,
    },
  )

test('a full disk is a refusal, and a store that changes bytes is found out', async () => {
  const files = service.files
  const one = async function* () {
    yield Buffer.from('abc')
  }
  const full = async () => {
    throw new Fault('storage.full', 'There is no room left to store the file.', { retry: 'later' })
  }
  const first = await announce({ sizeBytes: 3 })
  const refused = await putDirectly(first.json.id, ports({ files: { ...files, put: full } }), one())
  expect(refused).toEqual({ ok: false, refusal: { kind: 'storage.full' } })
  expect((await get(first.json.id)).failure).toBe('There is no room left to store the file.')

  const rotten: Ports['files'] = {
    ...files,
    get: async (key, signal) => {
      const file = await files.get(key, signal)
      return file && { ...file, stream: stream([Buffer.from('abd')]) }
    },
  }
  const second = await announce({ sizeBytes: 3 })
  await expect(putDirectly(second.json.id, ports({ files: rotten }), one())).rejects.toMatchObject({
    code: 'storage.lost',
  })
  expect((await get(second.json.id)).state).toBe('failed')
})

test('uploads that became no work are dropped with their files after a week', async () => {
  const stored = await upload(service, caller, randomBytes(16))
  const [row] = await service.db.query<{ readonly file_key: string }>('SELECT file_key FROM upload WHERE id = $1', [
    stored.id,
  ])
  const before = service.clock.now
  service.clock.now = laterBy(7 * 86_400_000 + 1)
  await tidy()
  service.clock.now = before
  expect(await findUpload(service.db, stored.id, account())).toBeUndefined()
  expect(await storedFiles()).not.toContain(row?.file_key)
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
  const { json } = await announce({ sizeBytes: count << 20 })
  const before = process.memoryUsage.rss()
  expect((await put(json.id, stream(source()))).json).toMatchObject({ state: 'stored', receivedBytes: count << 20 })
  expect(Math.max(peak.bytes, process.memoryUsage.rss()) - before).toBeLessThan(160 << 20)
})
