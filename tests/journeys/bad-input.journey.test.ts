import { randomUUID } from 'node:crypto'
import type { RouteShape } from '@knowton/core'
import { platform } from '@knowton/system'
import fc from 'fast-check'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type Connection, meet, type Person } from '../story/connect.ts'
import { readConnection } from '../story/run-record.ts'
import { signIn } from '../story/sign-in.ts'

type Target = { readonly name: string; readonly route: RouteShape }
const routes: readonly Target[] = Object.values(platform.services).flatMap((service) =>
  Object.values(service.routes).map((route): Target => ({ name: `${route.method} ${route.path}`, route })),
)
const withBody = routes.filter(({ route }) => route.body !== undefined && route.body !== 'bytes')
const forUsers = routes.filter(({ route }) => route.access === 'user')

let connection: Connection
let person: Person
let token: string
beforeAll(async () => {
  connection = await readConnection(inject('platformHome'))
  person = await meet(connection, 'Eve')
  token = (await signIn(person)).accessToken
})

const filler: Readonly<Record<string, string>> = {
  account: `eip155:31337:0x${'1'.repeat(40)}`,
  tokenId: '1',
  orderHash: `0x${'0'.repeat(64)}`,
}
const pathOf = (route: RouteShape, value = (name: string) => filler[name] ?? randomUUID()) =>
  `/api/v1${route.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(value(name)))}`

/** Calls a route by hand, as an attacker would, and refuses to see a fault of ours. */
const call = async (
  target: Target,
  options: { body?: string; headers?: Record<string, string>; path?: string } = {},
) => {
  const { route } = target
  const response = await fetch(`${connection.gatewayUrl}${options.path ?? pathOf(route)}`, {
    method: route.method,
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID(), ...options.headers },
    ...(options.body === undefined ? {} : { body: options.body }),
    signal: AbortSignal.timeout(20_000),
  } as RequestInit)
  const text = response.headers.get('content-type')?.includes('event-stream') ? '' : await response.text()
  if (text === '') await response.body?.cancel()
  return { status: response.status, type: response.headers.get('content-type') ?? '', text }
}

const expectProblem = (answer: Awaited<ReturnType<typeof call>>, statuses: readonly number[]) => {
  expect(answer).toMatchObject({ type: expect.stringContaining('application/problem+json') })
  expect(statuses).toContain(answer.status)
  const problem = JSON.parse(answer.text)
  expect(problem).toMatchObject({
    status: answer.status,
    code: expect.stringMatching(/^[a-z]+\.[a-z-]+$/),
    title: expect.any(String),
  })
  expect(platform.errors).toHaveProperty([problem.code])
}

const json = { 'content-type': 'application/json' }

describe.each(withBody)('$name', (target) => {
  test('answers malformed JSON with 400', async () => {
    expectProblem(await call(target, { body: '{"a":', headers: json }), [400])
  })
  test.each(['null', '[]', '"text"', '42', '{}', '{"__proto__":{"x":1}}', '{"unknown":true}'])(
    'answers the wrong shape %s with 4xx',
    async (body) => {
      const answer = await call(target, { body, headers: json })
      expect(answer.status).toBeLessThan(500)
      if (answer.status >= 400) expectProblem(answer, [400, 401, 403, 404, 409, 422])
    },
  )
  test('answers another media type with 415', async () => {
    expectProblem(await call(target, { body: '<a/>', headers: { 'content-type': 'application/xml' } }), [415])
  })
  test('answers an oversized body with 413', async () => {
    const body = JSON.stringify({ filler: 'x'.repeat(3_000_000) })
    expectProblem(await call(target, { body, headers: json }), [413])
  })
})

describe.each(forUsers)('$name', (target) => {
  test('wants an access token', async () => {
    expectProblem(await call(target, { headers: { authorization: '' } }), [401])
    expectProblem(await call(target, { headers: { authorization: 'Basic YTpi' } }), [401])
  })
  test('refuses a token signed by someone else, an altered one, and one without a signature', async () => {
    const [head = '', claims = '', signature = ''] = token.split('.')
    const foreign = `${head}.${claims}.${Buffer.alloc(64, 7).toString('base64url')}`
    const none = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${claims}.`
    const other = Buffer.from(claims, 'base64url').toString().replace(person.address.slice(2, 10), 'deadbeef')
    const altered = `${head}.${Buffer.from(other).toString('base64url')}.${signature}`
    for (const bad of [foreign, none, altered, 'a.b.c', '…'.normalize()].filter((text) => /^[\x20-\x7e]*$/.test(text)))
      expectProblem(await call(target, { headers: { authorization: `Bearer ${bad}` } }), [401])
  })
})

describe.each(routes)('$name', (target) => {
  test('never fails on our side whatever the parameters, query and body are', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        '../../etc/passwd',
        '%00',
        '\u0000',
        "'; DROP TABLE works; --",
        '-1',
        '9'.repeat(90),
        '\ud800',
        'null',
        '{{7*7}}',
      ),
    )
    await fc.assert(
      fc.asyncProperty(hostile, hostile, fc.jsonValue(), async (parameter, query, body) => {
        const safe = parameter.toWellFormed().replaceAll(/^\.{1,2}$/g, 'dots') || 'x'
        const path = `${pathOf(target.route, () => safe)}?limit=${encodeURIComponent(query.toWellFormed())}&cursor=${encodeURIComponent(query.toWellFormed())}`
        const hasBody = target.route.method !== 'GET' && target.route.body !== 'bytes'
        const answer = await call(target, { path, ...(hasBody ? { body: JSON.stringify(body), headers: json } : {}) })
        expect(answer.status, `${target.name} ${path}: ${answer.text}`).toBeLessThan(500)
      }),
      { numRuns: 8 },
    )
  })
})
