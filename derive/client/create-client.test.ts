import { expect, expectTypeOf, test } from 'vitest'
import { toyPlatform } from '../testing/toy-platform.ts'
import { ApiProblem } from './api-problem.ts'
import { createClient } from './create-client.ts'

type Sent = { readonly url: string; readonly method: string; readonly headers: Headers; readonly body: string }

/** A client whose requests are answered in turn by `answers`, with what it sent and how long it waited. */
const clientOf = (answers: readonly Response[], accessToken?: string) => {
  const sent: Sent[] = []
  const waitedMs: number[] = []
  const waiting = [...answers]
  const api = createClient(toyPlatform, {
    baseUrl: 'http://toy.example/',
    accessToken: () => accessToken,
    fetch: async (input, init) => {
      const request = new Request(input, init)
      sent.push({ url: request.url, method: request.method, headers: request.headers, body: await request.text() })
      const answer = waiting.shift()
      if (answer === undefined) throw new Error('asked more often than expected')
      return answer
    },
    wait: async (ms) => {
      waitedMs.push(ms)
    },
  })
  return { api, sent, waitedMs }
}

const book = {
  bookId: '0198c6a4-3b5e-4c1d-9f0a-2d6e8b7c1a45',
  title: 'T',
  price: '12',
  boughtAt: '2026-01-31T09:30:00Z',
}
const refusal = (status: number, code: string, headers: Record<string, string> = {}) =>
  Response.json(
    { type: 'x', title: 'No.', status, code, detail: 'Not this one.', facts: { left: 3 } },
    { status, headers },
  )

test('fills the path, encodes the query and decodes the answer', async () => {
  const { api, sent } = clientOf([Response.json(book)])
  const since = new Date('2026-01-01T00:00:00Z')
  const found = await api.bookshop.getBook({ params: { bookId: 'a/b ?' }, query: { since } })
  expect(sent[0]?.url).toBe('http://toy.example/api/v1/books/a%2Fb%20%3F?since=2026-01-01T00%3A00%3A00.000Z')
  expect(found).toEqual({ ...book, price: 12n, boughtAt: new Date('2026-01-31T09:30:00Z') })
})

test('sends a body in its wire form, with the token and the key, and leaves defaults to the service', async () => {
  const { api, sent } = clientOf([Response.json(book, { status: 201 })], 'token')
  await api.bookshop.buyBook({ body: { title: 'T', price: 12n }, idempotencyKey: 'key-1' })
  expect(sent[0]).toMatchObject({ method: 'POST', url: 'http://toy.example/api/v1/books' })
  expect(JSON.parse(sent[0]?.body ?? '')).toEqual({ title: 'T', price: '12' })
  expect(Object.fromEntries(sent[0]?.headers ?? [])).toMatchObject({
    authorization: 'Bearer token',
    'content-type': 'application/json',
    'idempotency-key': 'key-1',
  })
})

test('throws a refusal as a problem with its code, detail and facts', async () => {
  const { api } = clientOf([refusal(404, 'book.unknown')])
  const thrown = await api.bookshop.getBook({ params: { bookId: '1' } }).catch((error: unknown) => error)
  expect(thrown).toBeInstanceOf(ApiProblem)
  expect(thrown).toMatchObject({ code: 'book.unknown', status: 404, detail: 'Not this one.', facts: { left: 3 } })
})

test('names an answer that is no problem document by its status', async () => {
  const { api } = clientOf([new Response('<html>', { status: 502 })])
  await expect(api.bookshop.getNewest()).rejects.toMatchObject({ code: 'http.502', status: 502 })
})

test('tries a GET and an idempotent write again after the time that a 429 or 503 names', async () => {
  const answers = [
    refusal(429, 'limit.rate', { 'retry-after': '7' }),
    refusal(503, 'internal.unavailable'),
    Response.json(book),
  ]
  const reading = clientOf(answers.map((answer) => answer.clone()))
  await reading.api.bookshop.getNewest()
  expect(reading.waitedMs).toEqual([7000, 1000])
  const writing = clientOf(answers)
  await writing.api.bookshop.buyBook({ body: { title: 'T', price: 1n }, idempotencyKey: 'same' })
  expect(writing.sent.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['same', 'same', 'same'])
})

test('gives up after three more tries, and at once when it would have to wait for long', async () => {
  const busy = () => refusal(429, 'limit.rate', { 'retry-after': '1' })
  const stubborn = clientOf([busy(), busy(), busy(), busy()])
  await expect(stubborn.api.bookshop.getNewest()).rejects.toMatchObject({ code: 'limit.rate' })
  expect(stubborn.waitedMs).toEqual([1000, 1000, 1000])
  const tomorrow = clientOf([refusal(429, 'limit.rate', { 'retry-after': '86400' })])
  await expect(tomorrow.api.bookshop.getNewest()).rejects.toMatchObject({ code: 'limit.rate' })
})

test('never repeats an upload, whose bytes are gone, nor another refusal', async () => {
  const upload = clientOf([refusal(503, 'internal.unavailable', { 'retry-after': '1' })])
  const body = ReadableStream.from([Buffer.from('bytes')])
  await expect(upload.api.bookshop.putText({ params: { bookId: '1' }, body })).rejects.toMatchObject({ status: 503 })
  expect(upload.sent[0]).toMatchObject({ method: 'PUT', body: 'bytes' })
  expect(upload.waitedMs).toEqual([])
  const broken = clientOf([refusal(500, 'internal.fault')])
  await expect(broken.api.bookshop.getNewest()).rejects.toMatchObject({ status: 500 })
})

test('takes bytes of every kind and gives bytes as they come', async () => {
  async function* chunks() {
    yield Buffer.from('by')
    yield Buffer.from('tes')
  }
  for (const body of [new Blob(['bytes']), new TextEncoder().encode('bytes'), chunks()]) {
    const { api, sent } = clientOf([Response.json({ bytes: 5 })])
    expect(await api.bookshop.putText({ params: { bookId: '1' }, body })).toEqual({ bytes: 5 })
    expect(sent[0]).toMatchObject({ body: 'bytes' })
  }
  const headers = { 'content-type': 'text/plain', 'content-length': '5', etag: '"e"' }
  const { api } = clientOf([new Response('bytes', { headers })])
  const text = await api.bookshop.getText({ params: { bookId: '1' } })
  expect(text).toMatchObject({ mediaType: 'text/plain', lengthBytes: 5, etag: '"e"' })
  expect(new TextDecoder().decode(await text.bytes())).toBe('bytes')
})

test('yields each server-sent event decoded, wherever the chunks are cut', async () => {
  const text =
    ': hello\n\nid: 1\r\ndata: {"price":\r\ndata: "1"}\r\n\r\nevent: x\ndata:{"price":"2"}\n\ndata: {"price":"3"}'
  for (const size of [1, 2, 7, 1000]) {
    const parts = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
    const { api } = clientOf([new Response(ReadableStream.from(parts.map((part) => Buffer.from(part))))])
    const prices: bigint[] = []
    for await (const { price } of api.bookshop.followBook({ params: { bookId: '1' } })) prices.push(price)
    expect(prices).toEqual([1n, 2n])
  }
})

test('knows the platform at compile time', () => {
  const { api } = clientOf([])
  type Buy = Parameters<typeof api.bookshop.buyBook>[0]
  expectTypeOf<Buy['body']>().toMatchTypeOf<{
    readonly title: string
    readonly price: bigint
    readonly note?: string | undefined
  }>()
  expectTypeOf<Buy['idempotencyKey']>().toEqualTypeOf<string>()
  expectTypeOf<Awaited<ReturnType<typeof api.bookshop.getBook>>['boughtAt']>().toEqualTypeOf<Date>()
  // @ts-expect-error an internal route is not on the client
  expect(api.bookshop.burnBooks).toBeUndefined()
  // @ts-expect-error a service that is not declared
  expect(api.nobody).toBeUndefined()
  // @ts-expect-error the parameters of the path are missing
  const lacking = () => api.bookshop.getBook({})
  // @ts-expect-error the key of an idempotent route is missing
  const keyless = () => api.bookshop.buyBook({ body: { title: 'T', price: 1n } })
  // @ts-expect-error money is a bigint
  const wrong = () => api.bookshop.buyBook({ body: { title: 'T', price: 1 }, idempotencyKey: 'k' })
  expect([lacking, keyless, wrong]).toHaveLength(3)
})
