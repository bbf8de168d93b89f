import { type PlatformShape, type RouteShape, route } from '@knowton/core'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { bookLent, bookshop, cashier, toyPlatform } from '../testing/toy-platform.ts'
import { faults } from './faults.ts'

const plain = { method: 'GET', path: '/x', summary: 'X.', access: 'public', output: z.object({}), errors: [] } as const
const withRoutes = (routes: Readonly<Record<string, RouteShape>>): PlatformShape => ({
  ...toyPlatform,
  services: { ...toyPlatform.services, cashier: { ...cashier, routes } },
})
const withCashier = (change: object): PlatformShape => ({
  ...toyPlatform,
  services: { bookshop, cashier: { ...cashier, ...change } },
})

test('finds nothing wrong with a sound platform', () => {
  expect(faults(toyPlatform)).toEqual([])
})

test.each<[string, PlatformShape]>([
  ['The service under "till" calls itself "cashier".', { ...toyPlatform, services: { bookshop, till: cashier } }],
  ['Service "bookshop" consumes "fine-due", which nobody publishes.', withCashier({ publishes: {} })],
  [
    'Topic "book-lent" is published by "bookshop" and "cashier".',
    withCashier({ publishes: { ...cashier.publishes, bookLent } }),
  ],
  ['Topic "book-lent" of service "bookshop" is consumed by nobody.', withCashier({ consumes: {} })],
  [
    'Service "cashier" consumes another declaration of "book-lent".',
    withCashier({ consumes: { bookLent: { ...bookLent } } }),
  ],
  [
    'Service "cashier": it publishes or consumes, and has no PostgreSQL store to do that in.',
    withCashier({ stores: {} }),
  ],
  [
    'Service "cashier": it declares more than one PostgreSQL store, and a service has one database.',
    withCashier({ stores: { db: cashier.stores.db, more: cashier.stores.db } }),
  ],
  [
    'Service "cashier": "rpcURL" is not in lower camel case with abbreviations as words, as in "rpcUrl".',
    withCashier({ config: { rpcURL: z.string() } }),
  ],
  ['Service "cashier": "PORT" and "port" would both be read from PORT.', withCashier({ config: { port: z.string() } })],
  [
    'Routes "bookshop.getBook" and "cashier.findBook" take the same requests: GET /api/v1/books/:bookId.',
    withRoutes({ findBook: route({ ...plain, path: '/books/:id', params: z.object({ id: z.string() }) }) }),
  ],
  [
    'Services "bookshop" and "cashier" both have a route called "getBook", and the API names its operations by it.',
    withRoutes({ getBook: route(plain) }),
  ],
  [
    'Internal route "cashier.peek" can be reached through "bookshop.getBook".',
    withRoutes({ peek: route({ ...plain, path: '/books/peek', access: 'internal' }) }),
  ],
  [
    'Route "cashier.x": its path has ":id", which params lacks.',
    withRoutes({ x: route({ ...plain, path: '/x/:id' }) }),
  ],
  [
    'Route "cashier.x": params has "id", which its path lacks.',
    withRoutes({ x: route({ ...plain, params: z.object({ id: z.string() }) }) }),
  ],
  [
    'Route "cashier.x": its path "/X y" is not made of lower-case parts and :parameters.',
    withRoutes({ x: route({ ...plain, path: '/X y' }) }),
  ],
  [
    'Route "cashier.x": a GET needs no idempotency key.',
    withRoutes({ x: route({ ...plain, access: 'user', idempotent: true }) }),
  ],
  ['Route "cashier.x": a GET has no body.', withRoutes({ x: route({ ...plain, body: z.object({}) }) })],
  [
    'Route "cashier.x": an idempotency key belongs to an account, so access must be user.',
    withRoutes({ x: route({ ...plain, method: 'POST', idempotent: true }) }),
  ],
  [
    'Route "cashier.x": it takes bytes without a limit.',
    withRoutes({ x: route({ ...plain, method: 'PUT', body: 'bytes' }) }),
  ],
  [
    'Route "cashier.x": its timeout is not a positive whole number of milliseconds.',
    withRoutes({ x: route({ ...plain, timeoutMs: 0 }) }),
  ],
  [
    'Route "cashier.x": "no.such" is not in the error table.',
    withRoutes({ x: route({ ...plain, errors: ['no.such'] }) }),
  ],
])('says: %s', (sentence, platform) => {
  expect(faults(platform)).toEqual([sentence])
})
