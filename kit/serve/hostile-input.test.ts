import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildToyServer, toyErrors } from './testing/toy-server.ts'

type Toy = Awaited<ReturnType<typeof buildToyServer>>
let toy: Toy
beforeAll(async () => {
  toy = await buildToyServer()
})
afterAll(() => toy.server.close())

const unpaired = fc.string({ unit: 'binary' })
const segment = fc.oneof(
  unpaired.map((text) => encodeURIComponent(text.toWellFormed())),
  fc.constantFrom('%00', '..', '%2e%2e', '%zz', '%'),
)
const paths = fc.oneof(
  segment.map((text) => `/api/v1/notes/${text}`),
  fc.tuple(segment, segment).map(([key, value]) => `/api/v1/notes?${key}=${value}&limit=${value}`),
  fc.array(segment, { maxLength: 5 }).map((segments) => `/${segments.join('/')}`),
  fc.constantFrom('/api/v1/file', '/api/v1/me', '/internal/parked/x/unpark'),
)
const fields = fc.constantFrom('text', 'worth', 'tags', 'extra', '__proto__', 'constructor', '')
const jsonBodies = fc
  .oneof(
    fc.jsonValue({ maxDepth: 6 }),
    fc.dictionary(fields, fc.oneof(fc.jsonValue(), unpaired, fc.constant(10n ** 80n).map(String))),
  )
  .map((value) => JSON.stringify(value))
const nested = fc
  .integer({ min: 1, max: 30_000 })
  .map((depth) => `{"text":"a","worth":"1","extra":${'['.repeat(depth)}`)
const bodies = fc.oneof(
  jsonBodies,
  nested,
  unpaired,
  fc.uint8Array().map((bytes) => Buffer.from(bytes)),
)
const headerText = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) })
const headers = fc.record(
  {
    'content-type': fc.oneof(
      fc.constantFrom('application/json', 'application/json;charset=x', 'text/plain', ';'),
      headerText,
    ),
    authorization: fc.oneof(
      headerText,
      headerText.map((text) => `Bearer ${text}`),
    ),
    'x-request-id': headerText,
    'if-none-match': headerText,
    traceparent: headerText,
    'idempotency-key': headerText,
  },
  { requiredKeys: [] },
)
const methods = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS')

test('whatever is sent, the answer is never a server fault, and every refusal has a code of the table', async () => {
  const requests = fc.record({ method: methods, url: paths, payload: bodies, headers })
  await fc.assert(
    fc.asyncProperty(requests, async ({ method, url, payload, headers: sent }) => {
      const answer = await toy.server.inject({ method, url, headers: sent, ...(method !== 'GET' && { payload }) })
      expect(answer.statusCode).toBeLessThan(500)
      if (answer.statusCode >= 400 && method !== 'HEAD') {
        expect(answer.headers['content-type']).toBe('application/problem+json')
        expect(Object.keys(toyErrors)).toContain(answer.json().code)
      }
    }),
    { numRuns: 1500 },
  )
}, 30_000)

test('a body nested thousands deep is answered like any other', async () => {
  const { server } = await buildToyServer()
  for (const depth of [10, 300]) {
    const payload = `{"text":"a","worth":"1","extra":${'['.repeat(depth)}${']'.repeat(depth)}}`
    const answer = await server.inject({
      method: 'PUT',
      url: '/api/v1/notes/1',
      payload,
      headers: { 'content-type': 'application/json' },
    })
    expect(answer.statusCode).toBe(200)
  }
  await server.close()
})
