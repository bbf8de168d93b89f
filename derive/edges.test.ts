import { expect, test } from 'vitest'
import { edges } from './edges.ts'
import { toyPlatform } from './testing/toy-platform.ts'

test('names every connection that a process may open, and no other', () => {
  expect(edges(toyPlatform)).toEqual([
    { kind: 'http', from: 'gateway', to: 'bookshop' },
    { kind: 'store', from: 'bookshop', to: 'bookshop/db', store: 'postgres' },
    { kind: 'store', from: 'bookshop', to: 'bookshop/shelf', store: 'files' },
    { kind: 'event-log', from: 'bookshop', to: 'cashier', topics: ['fine-due'] },
    { kind: 'chain', from: 'bookshop' },
    { kind: 'system', from: 'bookshop', to: 'kafka' },
    { kind: 'system', from: 'bookshop', to: 'redis' },
    { kind: 'system', from: 'bookshop', to: 'weaviate' },
    { kind: 'system', from: 'bookshop', to: 'inference' },
    { kind: 'store', from: 'cashier', to: 'cashier/db', store: 'postgres' },
    { kind: 'store', from: 'cashier', to: 'cashier/ledger', store: 'clickhouse' },
    { kind: 'event-log', from: 'cashier', to: 'bookshop', topics: ['book-lent'] },
    { kind: 'system', from: 'cashier', to: 'kafka' },
  ])
})
