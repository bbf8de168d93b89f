import { expect, test } from 'vitest'
import { bookshop, cashier, toyEnvironment, toyPlatform } from '../testing/toy-platform.ts'
import { databasePlans } from './databases.ts'
import { type LocalResources, localPlan, startOrder } from './local-plan.ts'

const resources: LocalResources = {
  home: '/home/a b/.knowton',
  host: '127.0.0.1',
  gatewayPort: 8000,
  ports: { bookshop: 4001, cashier: 4002 },
  postgres: { host: '127.0.0.1', port: 5433, passwords: { bookshop: 'p@ss', cashier: 'word' } },
  accessTokenPublicKey: 'PEM',
  config: { paperRpcUrl: 'http://127.0.0.1:8545', loanDays: '10', nobodysKey: 'x' },
  secrets: { vaultKey: 's3cret' },
  logLevel: 'info',
}

test('gives a process its stores, its publishers, and only the config and secrets it declares', () => {
  const { services } = localPlan(toyPlatform, toyEnvironment, resources)
  expect(services.map(({ env }) => env)).toEqual([
    {
      HOST: '127.0.0.1',
      PORT: '4001',
      LOG_LEVEL: 'info',
      ACCESS_TOKEN_PUBLIC_KEY: 'PEM',
      EVENT_SOURCES: JSON.stringify([
        { publisher: 'cashier', url: 'postgres://bookshop:p%40ss@127.0.0.1:5433/cashier', topics: ['fine-due'] },
      ]),
      STORE_DB_URL: 'postgres://bookshop:p%40ss@127.0.0.1:5433/bookshop',
      STORE_SHELF_URL: 'file:///home/a%20b/.knowton/files/bookshop/shelf',
      LOAN_DAYS: '30',
      PAPER_RPC_URL: 'http://127.0.0.1:8545',
      VAULT_KEY: 's3cret',
    },
    {
      HOST: '127.0.0.1',
      PORT: '4002',
      LOG_LEVEL: 'info',
      ACCESS_TOKEN_PUBLIC_KEY: 'PEM',
      EVENT_SOURCES: JSON.stringify([
        { publisher: 'bookshop', url: 'postgres://cashier:word@127.0.0.1:5433/bookshop', topics: ['book-lent'] },
      ]),
      STORE_DB_URL: 'postgres://cashier:word@127.0.0.1:5433/cashier',
      STORE_LEDGER_URL: 'chdb:///home/a%20b/.knowton/warehouse/cashier/ledger',
    },
  ])
})

test('names everything that is missing at once', () => {
  const poor: LocalResources = {
    ...resources,
    ports: { bookshop: 4001 },
    postgres: { ...resources.postgres, passwords: { cashier: 'word' } },
    config: {},
    secrets: {},
  }
  expect(() => localPlan(toyPlatform, toyEnvironment, poor)).toThrow(
    'The plan cannot be made: bookshop: role "bookshop" has no password; bookshop: config "paperRpcUrl" has no value; ' +
      'bookshop: secret "vaultKey" has no value; cashier: it has no port.',
  )
})

test('lets a database be reached by its owner and by the readers of its event log only', () => {
  expect(databasePlans(toyPlatform)).toEqual([
    { service: 'bookshop', database: 'bookshop', role: 'bookshop', readers: ['cashier'] },
    { service: 'cashier', database: 'cashier', role: 'cashier', readers: ['bookshop'] },
  ])
})

test('starts publishers before their readers', () => {
  const reader = { ...bookshop, consumes: cashier.publishes, publishes: {} }
  const publisher = { ...cashier, consumes: {} }
  const platform = { ...toyPlatform, services: { bookshop: reader, cashier: publisher } }
  expect(startOrder(platform).map(({ name }) => name)).toEqual(['cashier', 'bookshop'])
})

test('starts every service once when topics go both ways', () => {
  expect(startOrder(toyPlatform).map(({ name }) => name)).toEqual(['bookshop', 'cashier'])
})
