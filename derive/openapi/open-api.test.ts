import { expect, test } from 'vitest'
import * as z from 'zod'
import { publicRoutes } from '../routes.ts'
import { toyPlatform } from '../testing/toy-platform.ts'
import { exampleOf } from './example.ts'
import { openApi } from './open-api.ts'
import { wireSchema } from './wire-schema.ts'

const api = openApi(toyPlatform)

test('describes each route of the world once and no internal one', () => {
  const described = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => `${method} ${path} ${operationId}`),
  )
  expect(described).toEqual([
    'get /api/v1/books/{bookId} getBook',
    'get /api/v1/books/newest getNewest',
    'post /api/v1/books buyBook',
    'put /api/v1/books/{bookId}/text putText',
    'get /api/v1/books/{bookId}/text getText',
    'get /api/v1/books/{bookId}/events followBook',
  ])
})

test('describes what goes over the wire: decimal strings and timestamps', () => {
  const answer = api.paths['/api/v1/books/newest']?.get?.responses['200']?.content?.['application/json']
  expect(answer?.schema).toMatchObject({
    properties: { price: { type: 'string' }, boughtAt: { type: 'string', format: 'date-time' } },
  })
  expect(answer?.example).toMatchObject({ price: '1250000', boughtAt: '2026-01-31T09:30:00.000Z' })
})

test('tells parameters by place, with what is optional', () => {
  const { parameters } = api.paths['/api/v1/books/{bookId}']?.get ?? {}
  expect(parameters?.map(({ name, in: place, required }) => [name, place, required])).toEqual([
    ['bookId', 'path', true],
    ['limit', 'query', false],
    ['since', 'query', false],
  ])
})

test('asks for a token on routes of users and for a key on idempotent ones', () => {
  const buy = api.paths['/api/v1/books']?.post
  expect(buy?.security).toEqual([{ accessToken: [] }])
  expect(buy?.parameters).toContainEqual(
    expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: true }),
  )
  expect(api.paths['/api/v1/books/{bookId}']?.get?.security).toEqual([])
})

test('names the media types of bytes and of server-sent events', () => {
  expect(Object.keys(api.paths['/api/v1/books/{bookId}/text']?.put?.requestBody?.content ?? {})).toEqual([
    'application/octet-stream',
  ])
  const events = api.paths['/api/v1/books/{bookId}/events']?.get?.responses['200']?.content
  expect(events?.['text/event-stream']).toMatchObject({
    schema: { properties: { price: { type: 'string' } } },
    example: 'data: {"price":"1250000"}\n\n',
  })
})

test('lists, by status, the codes a route may answer with: its own and those of such a request', () => {
  const codes = Object.entries(api.paths['/api/v1/books']?.post?.responses ?? {}).flatMap(([status, { content }]) =>
    Object.keys(content?.['application/problem+json']?.examples ?? {}).map((code) => `${status} ${code}`),
  )
  expect(codes.toSorted()).toEqual([
    '400 idempotency.missing',
    '400 request.malformed',
    '401 auth.expired',
    '401 auth.invalid',
    '401 auth.missing',
    '404 book.unknown',
    '408 request.timeout',
    '409 idempotency.reused',
    '409 idempotency.running',
    '413 request.too-large',
    '415 request.media-type',
    '422 request.invalid',
    '429 limit.rate',
    '500 internal.fault',
    '503 internal.unavailable',
    '504 internal.timeout',
  ])
})

test('gives examples that the schemas themselves take', () => {
  for (const { route } of publicRoutes(toyPlatform))
    for (const schema of [route.params, route.query, route.body, route.output])
      if (schema instanceof z.ZodType)
        expect(z.safeDecode(schema, Object(exampleOf(wireSchema(schema)))).error).toBeUndefined()
})
