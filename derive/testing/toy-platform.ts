import { events, instant, type PlatformShape, requestErrors, route, service, topic, uint256 } from '@knowton/core'
import * as z from 'zod'
import type { Environment } from '../environment.ts'

export const bookLent = topic({
  name: 'book-lent',
  version: 1,
  summary: 'A book left the bookshop.',
  payload: z.object({ bookId: z.uuid() }),
  key: (fact) => fact.bookId,
  partitions: 3,
  retentionDays: 7,
})

export const fineDue = topic({
  name: 'fine-due',
  version: 1,
  summary: 'A book came back late.',
  payload: z.object({ bookId: z.uuid(), fine: uint256 }),
  key: (fact) => fact.bookId,
  partitions: 3,
  retentionDays: 7,
})

const book = z.object({ bookId: z.uuid(), title: z.string(), price: uint256, boughtAt: instant })

export const bookshop = service({
  name: 'bookshop',
  summary: 'Lends books.',
  routes: {
    getBook: route({
      method: 'GET',
      path: '/books/:bookId',
      summary: 'A book.',
      access: 'public',
      params: z.object({ bookId: z.string() }),
      query: z.object({ limit: z.coerce.number().int().default(20), since: instant.optional() }),
      output: book,
      errors: ['book.unknown'],
    }),
    getNewest: route({
      method: 'GET',
      path: '/books/newest',
      summary: 'The newest book.',
      access: 'user',
      output: book,
      errors: [],
    }),
    buyBook: route({
      method: 'POST',
      path: '/books',
      summary: 'Buy a book.',
      access: 'user',
      idempotent: true,
      body: z.strictObject({ title: z.string(), price: uint256, note: z.string().default('') }),
      output: book,
      status: 201,
      errors: ['book.unknown'],
    }),
    putText: route({
      method: 'PUT',
      path: '/books/:bookId/text',
      summary: 'The text of a book.',
      access: 'user',
      params: z.object({ bookId: z.string() }),
      body: 'bytes',
      bodyLimitBytes: 1_000_000,
      timeoutMs: 60_000,
      output: z.object({ bytes: z.int() }),
      errors: [],
    }),
    getText: route({
      method: 'GET',
      path: '/books/:bookId/text',
      summary: 'The text of a book.',
      access: 'public',
      params: z.object({ bookId: z.string() }),
      output: 'bytes',
      errors: [],
    }),
    followBook: route({
      method: 'GET',
      path: '/books/:bookId/events',
      summary: 'What happens to a book.',
      access: 'public',
      params: z.object({ bookId: z.string() }),
      output: events(z.object({ price: uint256 })),
      timeoutMs: 60_000,
      errors: [],
    }),
    burnBooks: route({
      method: 'POST',
      path: '/furnace',
      summary: 'Burn what nobody reads.',
      access: 'internal',
      output: z.object({ burnt: z.int() }),
      errors: [],
    }),
  },
  publishes: { bookLent },
  consumes: { fineDue },
  stores: {
    db: { kind: 'postgres', summary: 'Books.' },
    shelf: { kind: 'files', summary: 'Texts.' },
  },
  chain: true,
  config: { loanDays: z.coerce.number().default(14), paperRpcUrl: z.url() },
  secrets: { vaultKey: z.string() },
  size: 'small',
  pool: 'general-purpose',
  instances: 'many',
  needs: ['cache', 'vectors', 'inference'],
})

export const cashier = service({
  name: 'cashier',
  summary: 'Collects fines.',
  routes: {},
  publishes: { fineDue },
  consumes: { bookLent },
  stores: {
    db: { kind: 'postgres', summary: 'Fines.' },
    ledger: { kind: 'clickhouse', summary: 'Sums.' },
  },
  chain: false,
  config: {},
  secrets: {},
  size: 'small',
  pool: 'general-purpose',
  instances: 'one',
  needs: [],
})

/** A small platform that uses each kind of declaration. */
export const toyPlatform = {
  name: 'Toy',
  version: '1.0.0',
  services: { bookshop, cashier },
  errors: {
    ...requestErrors,
    'book.unknown': { status: 404, retry: 'never', says: 'There is no such book.' },
  },
} as const satisfies PlatformShape

export const toyEnvironment: Environment = {
  name: 'toy',
  corsOrigins: ['https://bookshop.example'],
  feeBps: 0,
  services: {
    bookshop: { requestsPerMinute: 7, config: { loanDays: '30' } },
    cashier: { requestsPerMinute: 9, config: {} },
  },
}
