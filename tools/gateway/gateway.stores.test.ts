import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type OpenGateway, openGateway } from './testing/open-gateway.ts'

const opened: OpenGateway[] = []
const open = async (...parts: Parameters<typeof openGateway>): Promise<OpenGateway> => {
  const gateway = await openGateway(...parts)
  opened.push(gateway)
  return gateway
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((gateway) => gateway.close()))
})

/** Answers with what arrived. */
const echo: RequestListener = async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  response.writeHead(200, { 'content-type': 'application/json', etag: '"1"' })
  response.end(JSON.stringify({ url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() }))
}

const echoed = z.object({ url: z.string(), headers: z.record(z.string(), z.string()), body: z.string() })
const echoOf = async (response: Response) => echoed.parse(await response.json())

const problemOf = async (response: Response) => ({
  type: response.headers.get('content-type'),
  status: response.status,
  ...z.object({ code: z.string() }).parse(await response.json()),
})
const problem = (status: number, code: string) => ({ type: 'application/problem+json', status, code })

/** Sends bytes as they are and reads until the other side closes. */
const sendRaw = async (port: number, text: string): Promise<string> => {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => (answer += chunk.toString()))
  socket.write(text)
  await once(socket, 'close')
  return answer
}

describe('routing', () => {
  test('hands a declared route on, with query, and its answer back', async () => {
    const { url } = await open(echo)
    const response = await fetch(`${url}/api/v1/things/42?a=1&b=%20`)
    expect(response.status).toBe(200)
    expect(response.headers.get('etag')).toBe('"1"')
    expect((await echoOf(response)).url).toBe('/api/v1/things/42?a=1&b=%20')
  })

  test('answers what is not declared itself, internal routes included', async () => {
    const { url, seen } = await open(echo)
    for (const path of [
      '/api/v1/nothing',
      '/api/v1/burn',
      '/internal/status',
      '/metrics',
      '/health/ready',
      '/api/v1/things/1/',
    ])
      expect(await problemOf(await fetch(url + path, { method: 'POST' }))).toEqual(problem(404, 'request.not-found'))
    const wrongMethod = await fetch(`${url}/api/v1/things/1`, { method: 'DELETE' })
    expect(wrongMethod.headers.get('allow')).toContain('GET')
    expect(await problemOf(wrongMethod)).toEqual(problem(405, 'request.method'))
    expect(seen).toEqual([])
  })

  test.each(['/api/v1/x/../burn', '/api/v1//burn', '/api/v1/%62urn', '/api/v1/things/%2e%2e/burn', '/api/v1/./burn'])(
    'does not let %s reach an internal route',
    async (path) => {
      const { port, seen } = await open(echo)
      const answer = await sendRaw(port, `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
      expect(answer).toMatch(/^HTTP\/1\.1 404 /)
      expect(seen).toEqual([])
    },
  )
})

describe('headers', () => {
  test('believes no caller about who it is or where it comes from', async () => {
    const { url } = await open(echo)
    const response = await fetch(`${url}/api/v1/things/1`, {
      headers: {
        'x-forwarded-for': '6.6.6.6',
        'x-forwarded-user': 'root',
        'x-consumer-username': 'root',
        'x-real-ip': '6.6.6.6',
        te: 'trailers',
        accept: 'application/json',
      },
    })
    const { headers } = await echoOf(response)
    expect(headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      accept: 'application/json',
    })
    for (const name of ['x-forwarded-user', 'x-consumer-username', 'x-real-ip', 'te'])
      expect(headers).not.toHaveProperty(name)
  })

  test('drops headers that Connection names, but none that the request is read by', async () => {
    const { port } = await open(echo)
    const answer = await sendRaw(
      port,
      'GET /api/v1/things/1 HTTP/1.1\r\nHost: x\r\nX-Hop: 1\r\nAuthorization: Bearer a\r\nConnection: close, X-Hop, Authorization\r\n\r\n',
    )
    expect(answer).not.toContain('x-hop')
    expect(answer).toContain('"authorization":"Bearer a"')
  })

  test('gives each request an id, keeps a sane one, and answers it once', async () => {
    const { url } = await open((_request, response) =>
      response.writeHead(200, { 'x-request-id': 'of-the-service' }).end('{}'),
    )
    const given = await fetch(`${url}/api/v1/things/1`, { headers: { 'x-request-id': 'mine-1' } })
    expect(given.headers.get('x-request-id')).toBe('mine-1')
    const made = await fetch(`${url}/api/v1/things/1`, { headers: { 'x-request-id': 'x'.repeat(129) } })
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('tokens', () => {
  const askWith = async (gateway: OpenGateway, authorization: string) =>
    fetch(`${gateway.url}/api/v1/things/mine`, { headers: { authorization } })

  test('lets a token of ours through, again and again', async () => {
    const gateway = await open(echo)
    const token = await gateway.token()
    for (const _ of [1, 2]) expect((await askWith(gateway, `Bearer ${token}`)).status).toBe(200)
  })

  test('refuses none, foreign, altered, unsigned and expired ones', async () => {
    const gateway = await open(echo)
    const token = await gateway.token()
    const [head, body] = token.split('.')
    const foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    const refused = {
      '': 'auth.missing',
      'Basic YTpi': 'auth.missing',
      [`Bearer ${await gateway.token({ key: foreign })}`]: 'auth.invalid',
      [`Bearer ${await gateway.token({ issuer: 'somebody' })}`]: 'auth.invalid',
      [`Bearer ${head}.${body}.${'A'.repeat(86)}`]: 'auth.invalid',
      [`Bearer ${none}.${body}.`]: 'auth.invalid',
      'Bearer a.b.c': 'auth.invalid',
      [`Bearer ${await gateway.token({ expiresAt: 1 })}`]: 'auth.expired',
    }
    for (const [authorization, code] of Object.entries(refused)) {
      const response = await askWith(gateway, authorization)
      expect(response.headers.get('www-authenticate')).toContain('Bearer')
      expect(await problemOf(response)).toEqual(problem(401, code))
    }
    expect(gateway.seen).toEqual([])
  })

  test('a token that was verified once is refused when its time is over', async () => {
    const clock = { nowMs: Date.now() }
    const gateway = await open(echo, { nowMs: () => clock.nowMs })
    const token = await gateway.token({ expiresAt: Math.floor(clock.nowMs / 1000) + 60 })
    expect((await askWith(gateway, `Bearer ${token}`)).status).toBe(200)
    clock.nowMs += 61_000
    expect(await problemOf(await askWith(gateway, `Bearer ${token}`))).toEqual(problem(401, 'auth.expired'))
  })
})

describe('rates', () => {
  test('counts over all routes of a service, says how many are left, and starts again with the minute', async () => {
    const clock = { nowMs: 60_000 * 1000 + 45_000 }
    const { url } = await open(echo, { requestsPerMinute: 2, nowMs: () => clock.nowMs })
    const first = await fetch(`${url}/api/v1/things/1`)
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'ratelimit-limit': '2',
      'ratelimit-remaining': '1',
      'ratelimit-reset': '15',
      'x-ratelimit-limit-minute': '2',
      'x-ratelimit-remaining-minute': '1',
    })
    expect((await fetch(`${url}/api/v1/things/2`)).status).toBe(200)
    const third = await fetch(`${url}/api/v1/things/1`)
    expect(third.headers.get('retry-after')).toBe('15')
    expect(await problemOf(third)).toEqual(problem(429, 'limit.rate'))
    clock.nowMs += 15_000
    expect((await fetch(`${url}/api/v1/things/1`)).status).toBe(200)
  })
})

describe('pages of other origins', () => {
  test('answers a preflight of a declared origin without a token and without asking the service', async () => {
    const { url, seen } = await open(echo)
    const response = await fetch(`${url}/api/v1/things/mine`, {
      method: 'OPTIONS',
      headers: { origin: 'https://toy.example', 'access-control-request-method': 'GET' },
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBe('https://toy.example')
    expect(response.headers.get('access-control-allow-headers')).toContain('Idempotency-Key')
    expect(seen).toEqual([])
  })

  test('lets a declared origin read answers and refusals, and another none', async () => {
    const { url } = await open(echo)
    const allowed = async (path: string, origin: string) =>
      (await fetch(url + path, { headers: { origin } })).headers.get('access-control-allow-origin')
    expect(await allowed('/api/v1/things/1', 'https://toy.example')).toBe('https://toy.example')
    expect(await allowed('/api/v1/things/mine', 'https://toy.example')).toBe('https://toy.example')
    expect(await allowed('/api/v1/things/1', 'https://evil.example')).toBeNull()
  })
})

describe('bodies', () => {
  const post = async (gateway: OpenGateway, body: BodyInitOf) =>
    fetch(`${gateway.url}/api/v1/things`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await gateway.token()}` },
      body,
      duplex: 'half',
    } as RequestInit)
  type BodyInitOf = NonNullable<RequestInit['body']>

  test('hands a body on, announced or in chunks', async () => {
    const gateway = await open(echo)
    expect((await echoOf(await post(gateway, 'a'.repeat(1000)))).body).toHaveLength(1000)
    const chunks = ReadableStream.from([Buffer.from('one '), Buffer.from('two')])
    expect((await echoOf(await post(gateway, chunks))).body).toBe('one two')
  })

  test('refuses a larger body, announced or in chunks, before the service sees any of it', async () => {
    const gateway = await open(echo)
    expect(await problemOf(await post(gateway, 'a'.repeat(1001)))).toEqual(problem(413, 'request.too-large'))
    const chunks = ReadableStream.from([Buffer.alloc(600), Buffer.alloc(600)])
    expect(await problemOf(await post(gateway, chunks))).toEqual(problem(413, 'request.too-large'))
    expect(gateway.seen).toEqual([])
  })

  test('gives up on a body that does not arrive within the time of its route', async () => {
    const { port, seen } = await open(echo)
    const answer = await sendRaw(
      port,
      'POST /api/v1/slow HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nConnection: close\r\n\r\n{',
    )
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
    expect(answer).toContain('request.timeout')
    expect(seen).toEqual([])
  })

  test('streams bytes without holding them, and stops a chunked upload beyond its limit', async () => {
    let received = 0
    const count = async (request: IncomingMessage, response: ServerResponse) => {
      try {
        for await (const chunk of request) received += chunk.length
        response.end(String(received))
      } catch {
        received = -1
      }
    }
    const gateway = await open(count)
    const put = (chunks: number) =>
      fetch(`${gateway.url}/api/v1/things/1/bytes`, {
        method: 'PUT',
        body: ReadableStream.from(Array.from({ length: chunks }, () => Buffer.alloc(100_000))),
        duplex: 'half',
      } as RequestInit)
    expect(await (await put(10)).text()).toBe('1000000')
    expect(await problemOf(await put(11))).toEqual(problem(413, 'request.too-large'))
  })

  test('tells a caller that waits to be asked for a body too large not to send it', async () => {
    const { port, seen } = await open(echo)
    const answer = await sendRaw(
      port,
      'PUT /api/v1/things/1/bytes HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1000001\r\nConnection: close\r\n\r\n',
    )
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(seen).toEqual([])
  })

  test('asks a caller that waits for a body that fits', async () => {
    const { port } = await open(echo)
    const answer = await sendRaw(
      port,
      'PUT /api/v1/things/1/bytes HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok',
    )
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /)
    expect(answer).toContain('"body":"ok"')
  })

  test.each([
    ['two lengths', 'Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello'],
    ['a length and chunks', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['an unknown encoding', 'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n'],
    ['a broken chunk', 'Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n'],
  ])('refuses a request framed by %s, which two servers could read in two ways', async (_, rest) => {
    const { port, seen } = await open(echo)
    const answer = await sendRaw(port, `PUT /api/v1/things/1/bytes HTTP/1.1\r\nHost: x\r\n${rest}`)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).toContain('request.malformed')
    expect(seen.every((request) => !request.complete)).toBe(true)
  })
})

describe('services', () => {
  test('passes server-sent events on as they happen and tells the service when the reader leaves', async () => {
    let left: Promise<unknown> | undefined
    let push: (text: string) => void = () => {}
    const { url } = await open((_request, response) => {
      left = once(response, 'close')
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.flushHeaders()
      push = (text) => response.write(text)
    })
    const reading = new AbortController()
    const response = await fetch(`${url}/api/v1/things/1/events`, { signal: reading.signal })
    const reader = response.body?.getReader()
    for (const text of ['data: 1\n\n', 'data: 2\n\n']) {
      push(text)
      expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(text)
    }
    reading.abort()
    await left
  })

  test('says that a service is gone with 503 and that it is slow with 504', async () => {
    const gateway = await open(() => {})
    expect(await problemOf(await fetch(`${gateway.url}/api/v1/slow`))).toEqual(problem(504, 'internal.timeout'))
    await gateway.stopUpstream()
    const gone = await fetch(`${gateway.url}/api/v1/things/1`)
    expect(gone.headers.get('retry-after')).toBe('1')
    expect(await problemOf(gone)).toEqual(problem(503, 'internal.unavailable'))
    const post = await fetch(`${gateway.url}/api/v1/things/1/bytes`, { method: 'PUT', body: 'x' })
    expect(await problemOf(post)).toEqual(problem(503, 'internal.unavailable'))
  })

  test('asks again on another connection when one breaks before a GET is answered, but never repeats a write', async () => {
    let broken = 0
    const gateway = await open((request, response) => {
      if (request.url?.endsWith('/fragile') || request.method === 'PUT') {
        broken += 1
        if (broken === 1 || request.method === 'PUT') return void request.socket.destroy()
      }
      response.end('{}')
    })
    expect((await fetch(`${gateway.url}/api/v1/things/fragile`)).status).toBe(200)
    expect(broken).toBe(2)
    const put = await fetch(`${gateway.url}/api/v1/things/1/bytes`, { method: 'PUT', body: 'x' })
    expect(await problemOf(put)).toEqual(problem(503, 'internal.unavailable'))
    expect(broken).toBe(3)
  })

  test('breaks off an answer that breaks off, so that half of it does not look whole', async () => {
    const { url } = await open((_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half')
      setImmediate(() => response.destroy())
    })
    await expect(fetch(`${url}/api/v1/things/1`).then((response) => response.text())).rejects.toThrow()
  })

  test('lets what runs finish when it is told to stop, cuts event streams, and takes nothing new', async () => {
    let finish: () => void = () => {}
    const arrived = Promise.withResolvers<void>()
    const gateway = await open((request, response) => {
      if (request.url?.endsWith('/events')) {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.flushHeaders()
        return
      }
      finish = () => response.end('{"done":true}')
      arrived.resolve()
    })
    const stream = await fetch(`${gateway.url}/api/v1/things/1/events`)
    const running = fetch(`${gateway.url}/api/v1/things/1`)
    await arrived.promise
    const drained = gateway.drain(10_000)
    expect(await stream.text()).toBe('')
    finish()
    expect(await (await running).json()).toEqual({ done: true })
    await drained
    await expect(fetch(`${gateway.url}/api/v1/things/1`)).rejects.toThrow()
  })

  test('counts requests by service, route and status', async () => {
    const gateway = await open(echo)
    await (await fetch(`${gateway.url}/api/v1/things/1`)).text()
    await expect
      .poll(gateway.metrics)
      .toContain('kong_http_requests_total{service="toy",route="toy-get-thing",code="200"} 1')
  })
})
