import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestTokens } from '../testing/access-tokens.ts'
import { account, buildToyServer, tokens } from './testing/toy-server.ts'

const signToken = (claims?: Readonly<Record<string, unknown>>) => tokens.sign(account, claims)

type Toy = Awaited<ReturnType<typeof buildToyServer>>
let toy: Toy
beforeAll(async () => {
  toy = await buildToyServer()
})
afterAll(() => toy.server.close())

const get = (url: string, headers: Readonly<Record<string, string>> = {}) =>
  toy.server.inject({ method: 'GET', url, headers: { ...headers } })
const put = (url: string, payload: string | Buffer, headers: Readonly<Record<string, string>>) =>
  toy.server.inject({ method: 'PUT', url, payload, headers: { ...headers } })
const json = { 'content-type': 'application/json' }

describe('an answer', () => {
  test('is encoded by the declared schema', async () => {
    const answer = await get('/api/v1/notes/1')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.json()).toEqual({ id: 1, text: 'hello', worth: '5', at: '2026-01-01T00:00:00.000Z' })
  })

  test('carries the request id that was offered, or a new one when that is not well-formed', async () => {
    expect((await get('/api/v1/notes/1', { 'x-request-id': 'req-1' })).headers['x-request-id']).toBe('req-1')
    const odd = await get('/api/v1/notes/1', { 'x-request-id': 'a b\u00ff' })
    expect(odd.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('of status 204 has no body', async () => {
    const answer = await toy.server.inject({
      method: 'DELETE',
      url: '/api/v1/notes/1',
      headers: { authorization: `Bearer ${await signToken()}` },
    })
    expect([answer.statusCode, answer.body]).toEqual([204, ''])
  })
})

describe('a refusal', () => {
  test('is a problem document with the sentence of the table', async () => {
    const answer = await get('/api/v1/notes/2', { 'x-request-id': 'req-2' })
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(answer.json()).toEqual({
      type: 'https://knowton.io/errors/note.unknown',
      title: 'There is no such note.',
      status: 404,
      code: 'note.unknown',
      detail: 'No note 2.',
      instance: 'req-2',
      facts: { id: 2 },
    })
  })

  test('that the route does not declare is a fault', async () => {
    const answer = await toy.server.inject({ method: 'POST', url: '/api/v1/misbehave/refusal' })
    expect([answer.statusCode, answer.json().code]).toEqual([500, 'internal.fault'])
  })
})

describe('a fault', () => {
  test.each([
    ['throw', 500, 'internal.fault'],
    ['output', 500, 'internal.fault'],
    ['fault', 503, 'toy.later'],
    ['passing', 503, 'internal.unavailable'],
  ])('of kind "%s" is answered with %i %s, leaks nothing and is logged', async (how, status, code) => {
    const before = toy.lines.length
    const answer = await toy.server.inject({ method: 'POST', url: `/api/v1/misbehave/${how}` })
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
    expect(answer.body).not.toContain('hunter2')
    expect(toy.lines.slice(before).map((line) => line.message)).toEqual(['a request failed'])
    expect(answer.headers['retry-after']).toBe('1')
  })

  test('a handler that takes too long is told so and its caller is answered', async () => {
    const answer = await toy.server.inject({ method: 'POST', url: '/api/v1/misbehave/hang' })
    expect([answer.statusCode, answer.json().code]).toEqual([504, 'internal.timeout'])
  })
})

describe('a body', () => {
  const good = JSON.stringify({ text: 'a', worth: '1' })
  test.each([
    ['that is no JSON', '{', json, 400, 'request.malformed'],
    ['that is empty', '', json, 400, 'request.malformed'],
    ['with a prototype key', '{"__proto__":{"a":1},"text":"a","worth":"1"}', json, 400, 'request.malformed'],
    ['of another media type', good, { 'content-type': 'text/plain' }, 415, 'request.media-type'],
    ['that is too large', JSON.stringify({ text: 'a'.repeat(2000), worth: '1' }), json, 413, 'request.too-large'],
    ['of another shape', '[]', json, 422, 'request.invalid'],
    ['with an unknown field', '{"text":"a","worth":"1","more":1}', json, 422, 'request.invalid'],
    ['with a NUL character', '{"text":"a\\u0000","worth":"1"}', json, 422, 'request.invalid'],
    ['with half a surrogate pair', '{"text":"\\ud800","worth":"1"}', json, 422, 'request.invalid'],
    ['with NUL in a free part', '{"text":"a","worth":"1","extra":{"a":["\\u0000"]}}', json, 422, 'request.invalid'],
  ])('%s is refused', async (_what, payload, headers, status, code) => {
    const answer = await put('/api/v1/notes/1', payload, headers)
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  })

  test('faults name every place at once', async () => {
    const answer = await put('/api/v1/notes/x', '{"worth":"-1","tags":[1]}', json)
    expect(answer.json().faults.map((fault: { path: string }) => fault.path)).toEqual([
      'params.id',
      'body.text',
      'body.worth',
      'body.tags.0',
    ])
  })

  test('is decoded and its defaults filled in', async () => {
    const answer = await put('/api/v1/notes/1', good, { 'content-type': 'application/json; charset=utf-8' })
    expect(answer.json()).toEqual({ text: 'a', worth: '1', tags: [] })
  })

  test('that no route declared is refused unless it is empty', async () => {
    const post = (payload: string) =>
      toy.server.inject({ method: 'POST', url: '/api/v1/misbehave/fault', payload, headers: json })
    expect((await post('{"a":1}')).statusCode).toBe(422)
    expect((await post('{}')).json().code).toBe('toy.later')
  })
})

describe('an address', () => {
  test('that no route has is 404', async () => {
    expect((await get('/api/v1/nothing')).json().code).toBe('request.not-found')
    expect((await get('/api/v1/notes/%zz')).json().code).toBe('request.malformed')
    expect((await get(`/api/v1/notes/${'1'.repeat(300)}`)).json().code).toBe('request.malformed')
  })

  test('that has other methods is 405 and names them', async () => {
    const answer = await toy.server.inject({ method: 'PATCH', url: '/api/v1/notes/1?a=b' })
    expect([answer.statusCode, answer.json().code]).toEqual([405, 'request.method'])
    expect(answer.headers.allow).toBe('GET, PUT, DELETE')
  })

  test('with a query of another shape is 422', async () => {
    expect((await get('/api/v1/notes?limit=1000')).statusCode).toBe(422)
    expect((await get('/api/v1/notes?limit=1&limit=2')).statusCode).toBe(422)
    expect((await get('/api/v1/notes?cursor=%00')).statusCode).toBe(422)
    expect((await get('/api/v1/notes?worth=1')).statusCode).toBe(200)
  })
})

describe('a signed-in route', () => {
  const me = async (authorization?: string) => {
    const answer = await get('/api/v1/me', authorization === undefined ? {} : { authorization })
    return [answer.statusCode, answer.json().code, answer.headers['www-authenticate']]
  }
  const invalid = [401, 'auth.invalid', 'Bearer error="invalid_token"']

  test('answers for the account of the token', async () => {
    const answer = await get('/api/v1/me', { authorization: `bearer ${await signToken()}` })
    expect(answer.json()).toEqual({ account, sessionId: 's1' })
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('asks for a token, which is no error of ours', async () => {
    const before = toy.lines.length
    expect(await me()).toEqual([401, 'auth.missing', 'Bearer'])
    expect(toy.lines.slice(before)).toEqual([])
  })

  test('refuses tokens that are not ours, whatever is wrong with them', async () => {
    const claims = { iss: 'knowton', aud: 'knowton', sub: account, sid: 's', jti: 'j', iat: 1, exp: 9_999_999_999 }
    const secret = new TextEncoder().encode(tokens.publicKeyPem)
    const right = await signToken()
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${right.split('.')[1]}.`
    const wrong = [
      await createTestTokens().sign(account),
      await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(secret),
      await signToken({ iss: 'other' }),
      await signToken({ aud: 'other' }),
      await signToken({ sub: 'somebody' }),
      await signToken({ sid: undefined }),
      await signToken({ exp: undefined }),
      `${right.slice(0, -4)}AAAA`,
      none,
      'x',
      '',
    ]
    for (const token of wrong) expect(await me(`Bearer ${token}`)).toEqual(invalid)
    expect(await me('Basic eDp5')).toEqual(invalid)
  })

  test('says when a token has expired, also one that was accepted before', async () => {
    let now = new Date()
    const { server } = await buildToyServer(() => now)
    const authorization = `Bearer ${await signToken()}`
    const ask = () => server.inject({ method: 'GET', url: '/api/v1/me', headers: { authorization } })
    expect((await ask()).statusCode).toBe(200)
    now = new Date(now.getTime() + 600_000)
    expect((await ask()).json().code).toBe('auth.expired')
    expect((await ask()).json().code).toBe('auth.expired')
    await server.close()
  })
})

describe('bytes', () => {
  test('arrive as a stream of any media type', async () => {
    const answer = await put('/api/v1/file', Buffer.alloc(9000), { 'content-type': 'application/json' })
    expect(answer.json()).toEqual({ bytes: 9000, mediaType: 'application/json' })
  })

  test('past the limit are refused, announced or not', async () => {
    expect((await put('/api/v1/file', Buffer.alloc(10_001), {})).statusCode).toBe(413)
    const unannounced = { 'transfer-encoding': 'chunked', 'content-length': '' }
    expect((await put('/api/v1/file', Buffer.alloc(10_001), unannounced)).statusCode).toBe(413)
  })

  test('leave with their length, name and tag', async () => {
    const answer = await get('/api/v1/file')
    expect(answer.body).toBe('hello')
    expect(answer.headers).toMatchObject({
      'content-length': '5',
      'content-type': 'text/plain',
      'content-disposition': `attachment; filename="Gr__e _1_.txt"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%221%22.txt`,
      etag: '"abc"',
      'content-security-policy': "default-src 'none'; sandbox",
    })
  })

  test('are not sent again to who has them', async () => {
    for (const tag of ['"abc"', 'W/"abc"', '"x", "abc"', '*']) {
      const answer = await get('/api/v1/file', { 'if-none-match': tag })
      expect([answer.statusCode, answer.body, answer.headers.etag]).toEqual([304, '', '"abc"'])
    }
    expect((await get('/api/v1/file', { 'if-none-match': '"x"' })).statusCode).toBe(200)
  })

  test('that are fewer or more than announced cut the connection', async () => {
    await expect(get('/api/v1/file?announced=6')).rejects.toThrow()
    await expect(get('/api/v1/file?announced=4')).rejects.toThrow()
  })
})

test('events are sent one by one with an id and encoded data', async () => {
  const answer = await get('/api/v1/follow')
  expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8')
  expect(answer.body).toBe(
    'retry: 2000\n\nid: 1\ndata: {"worth":"1"}\n\nid: 2\ndata: {"worth":"2"}\n\nid: 3\ndata: {"worth":"3"}\n\n',
  )
})

test('health, status and metrics answer beside the declared routes', async () => {
  expect((await get('/health/live')).json()).toEqual({ live: true })
  const ready = await get('/health/ready')
  expect([ready.statusCode, ready.json()]).toEqual([503, { ready: false, reasons: ['store db: away'] }])
  expect((await get('/internal/status')).json()).toEqual({ service: 'toy-service' })
  await get('/api/v1/notes/2')
  const metrics = await get('/metrics')
  expect(metrics.body).toMatch(
    /http_request_duration_seconds_count\{.*route="getNote",method="GET",status="404".*\} [1-9]/,
  )
  const unparked = await toy.server.inject({ method: 'POST', url: '/internal/parked/x/unpark' })
  expect(unparked.statusCode).toBe(404)
})
