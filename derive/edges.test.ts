import { expect, test } from 'vitest'
import { edges } from './edges.ts'
import { toyPlatform } from './testing/toy-platform.ts'

test('names every connection that a process may open, and no other', () => {
  expect(edges(toyPlatform)).toEqual([
    { kind: 'http', from: 'gateway', to: 'library' },
    { kind: 'store', from: 'library', to: 'library/db', store: 'postgres' },
    { kind: 'store', from: 'library', to: 'library/shelf', store: 'files' },
    { kind: 'event-log', from: 'library', to: 'cashier', topics: ['fine-due'] },
    { kind: 'chain', from: 'library' },
    { kind: 'store', from: 'cashier', to: 'cashier/db', store: 'postgres' },
    { kind: 'store', from: 'cashier', to: 'cashier/ledger', store: 'clickhouse' },
    { kind: 'event-log', from: 'cashier', to: 'library', topics: ['book-lent'] },
  ])
})
