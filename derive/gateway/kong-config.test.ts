import { type RouteShape, requestErrors, service } from '@knowton/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { faults } from '../faults/faults.ts'
import { declaredRoutes } from '../routes.ts'
import { toyEnvironment, toyPlatform } from '../testing/toy-platform.ts'
import { type KongConfig, type KongRoute, kongConfig } from './kong-config.ts'

const resources = {
  accessTokenPublicKey: 'PEM',
  publicOrigins: ['http://localhost:8000'],
  upstreams: { bookshop: 'http://127.0.0.1:4001' },
}
const kong = kongConfig(toyPlatform, toyEnvironment, resources)
const routeNamed = (name: string) => kong.services.flatMap(({ routes }) => routes).find((route) => route.name === name)

/** What Kong's router picks: of the routes whose method and anchored regex fit, those with the highest priority. */
const chosenBy = (config: KongConfig, method: string, path: string): readonly KongRoute[] => {
  const fitting = config.services
    .flatMap(({ routes }) => routes)
    .filter(
      ({ methods, paths }) => methods.includes(method) && paths.some((p) => new RegExp(`^${p.slice(1)}`).test(path)),
    )
  const highest = Math.max(...fitting.map(({ regex_priority }) => regex_priority))
  return fitting.filter(({ regex_priority }) => regex_priority === highest)
}

const segment = fc.oneof(fc.constantFrom('a', 'b', 'me'), fc.constantFrom(':x', ':y', ':z'))
const path = fc.uniqueArray(segment, { minLength: 1, maxLength: 4 }).map((parts): `/${string}` => `/${parts.join('/')}`)
const shape = fc.record({
  method: fc.constantFrom<RouteShape['method']>('GET', 'POST', 'DELETE'),
  path,
  access: fc.constantFrom<RouteShape['access']>('public', 'user', 'internal'),
})
const platforms = fc
  .array(fc.array(shape, { maxLength: 8 }), { minLength: 1, maxLength: 3 })
  .map((services) => ({
    ...toyPlatform,
    errors: requestErrors,
    services: Object.fromEntries(services.map((routes, at) => [`s${at}`, toService(`s${at}`, routes)])),
  }))
  .filter((platform) => faults(platform).length === 0)

const toService = (name: string, routes: readonly Pick<RouteShape, 'method' | 'path' | 'access'>[]) =>
  service({
    name,
    summary: name,
    routes: Object.fromEntries(
      routes.map((declared, at): [string, RouteShape] => {
        const names = [...declared.path.matchAll(/:(\w+)/g)].map(([, parameter]) => [parameter ?? '', z.string()])
        const params = z.object(Object.fromEntries(names))
        return [`${name}r${at}`, { ...declared, summary: 'r', params, output: z.object({}), errors: [] }]
      }),
    ),
    publishes: {},
    consumes: {},
    stores: {},
    chain: false,
    config: {},
    secrets: {},
    size: 'small',
    pool: 'general-purpose',
    instances: 'many',
    needs: [],
  })

test('every public route is chosen for its own requests, and no request for an internal route is let through', () => {
  fc.assert(
    fc.property(platforms, fc.stringMatching(/^[A-Za-z0-9.~_-]{1,12}$/), (platform, value) => {
      const config = kongConfig(platform, { ...toyEnvironment, services: {} }, { ...resources, upstreams: {} })
      for (const declared of declaredRoutes(platform)) {
        const asked = declared.path.replaceAll(/:\w+/g, `${value}-`)
        const expected = declared.route.access === 'internal' ? [] : [`${declared.service.name}-${declared.name}`]
        expect(chosenBy(config, declared.route.method, asked).map(({ name }) => name)).toEqual(expected)
      }
    }),
    { numRuns: 300 },
  )
})

test('a literal path wins over a parameter', () => {
  expect(chosenBy(kong, 'GET', '/api/v1/books/newest').map(({ name }) => name)).toEqual(['bookshop-get-newest'])
  expect(chosenBy(kong, 'GET', '/api/v1/books/newer').map(({ name }) => name)).toEqual(['bookshop-get-book'])
})

test('matches whole paths only', () => {
  for (const asked of ['/api/v1/books/1/', '/api/v1/books/1/text/2', '/x/api/v1/books/1', '/api/v1/books/'])
    expect(chosenBy(kong, 'GET', asked)).toEqual([])
})

test('routes for users ask for a token in the header alone, verified by the key of its issuer and for its time', () => {
  expect(routeNamed('bookshop-get-book')?.plugins).toEqual([])
  expect(routeNamed('bookshop-get-newest')?.plugins).toEqual([
    {
      name: 'jwt',
      config: expect.objectContaining({
        key_claim_name: 'iss',
        claims_to_verify: ['exp'],
        header_names: ['authorization'],
        uri_param_names: [],
        cookie_names: [],
      }),
    },
  ])
  expect(kong.consumers[0]?.jwt_secrets).toEqual([{ key: 'knowton', algorithm: 'ES256', rsa_public_key: 'PEM' }])
})

test('bytes and server-sent events are not buffered', () => {
  const buffering = ['bookshop-buy-book', 'bookshop-put-text', 'bookshop-get-text', 'bookshop-follow-book']
    .map(routeNamed)
    .map((route) => [route?.request_buffering, route?.response_buffering])
  expect(buffering).toEqual([
    [true, true],
    [false, true],
    [true, false],
    [true, false],
  ])
})

test('routes with another time limit stand under a Kong service of their own with the same upstream and limits', () => {
  expect(kong.services.map(({ name, url, read_timeout, routes }) => [name, url, read_timeout, routes.length])).toEqual([
    ['bookshop', 'http://127.0.0.1:4001', 15_000, 4],
    ['bookshop-60s', 'http://127.0.0.1:4001', 60_000, 2],
  ])
  for (const { plugins } of kong.services)
    expect(plugins[0]).toMatchObject({ name: 'rate-limiting', config: { minute: 7, policy: 'local', limit_by: 'ip' } })
})

test('a declared body limit takes the place of the usual one', () => {
  const limits = (plugins: readonly { name: string; config: unknown }[] | undefined) =>
    plugins?.filter(({ name }) => name === 'request-size-limiting').map(({ config }) => config)
  const usual = { allowed_payload_size: 65_536, size_unit: 'bytes', require_content_length: false }
  expect(limits(kong.services[0]?.plugins)).toEqual([usual])
  expect(limits(routeNamed('bookshop-put-text')?.plugins)).toEqual([{ ...usual, allowed_payload_size: 1_000_000 }])
})

const limitsOf = (config: KongConfig) =>
  config.services.flatMap(({ plugins }) => plugins.filter(({ name }) => name === 'rate-limiting'))

test('gateways that count alone get their share of each limit, and never nothing', () => {
  const shared = kongConfig(toyPlatform, toyEnvironment, {
    ...resources,
    rateLimits: { kind: 'shared-out', gateways: 3 },
  })
  expect(limitsOf(shared).map(({ config }) => [config.minute, config.policy])).toEqual([
    [2, 'local'],
    [2, 'local'],
  ])
  const many = kongConfig(toyPlatform, toyEnvironment, {
    ...resources,
    rateLimits: { kind: 'shared-out', gateways: 99 },
  })
  expect(limitsOf(many).map(({ config }) => config.minute)).toEqual([1, 1])
})

test('gateways that count together keep the whole limit in one Redis whose certificate they check', () => {
  const redis = { kind: 'redis', host: 'limits.data.svc', port: 6379, password: '{vault://env/limits}' } as const
  for (const { config } of limitsOf(kongConfig(toyPlatform, toyEnvironment, { ...resources, rateLimits: redis })))
    expect(config).toMatchObject({
      minute: 7,
      policy: 'redis',
      redis: { host: 'limits.data.svc', ssl: true, ssl_verify: true, server_name: 'limits.data.svc' },
    })
})

test('where the world comes by TLS alone, no route answers without it and browsers are told so', () => {
  const config = kongConfig(toyPlatform, toyEnvironment, { ...resources, tlsOnly: true })
  const routes = config.services.flatMap(({ routes }) => routes)
  expect(new Set(routes.flatMap(({ protocols }) => protocols))).toEqual(new Set(['https']))
  expect(new Set(routes.map((route) => route.https_redirect_status_code))).toEqual(new Set([426]))
  expect(JSON.stringify(config.plugins)).toContain('Strict-Transport-Security: max-age=31536000')
  expect(JSON.stringify(kong)).not.toMatch(/Strict-Transport-Security|redirect/)
})
