import { expect, test } from 'vitest'
import { cashier, library, toyEnvironment, toyPlatform } from '../testing/toy-platform.ts'
import { databasePlans } from './databases.ts'
import { type LocalResources, localPlan } from './local-plan.ts'
import { startOrder } from './start-order.ts'

const resources: LocalResources = {
  home: '/home/a b/.knowton',
  host: '127.0.0.1',
  gatewayPort: 8000,
  ports: { library: 4001, cashier: 4002 },
  postgres: { host: '127.0.0.1', port: 5433, passwords: { library: 'p@ss', cashier: 'word' } },
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
        { publisher: 'cashier', url: 'postgres://library:p%40ss@127.0.0.1:5433/cashier', topics: ['fine-due'] },
      ]),
      STORE_DB_URL: 'postgres://library:p%40ss@127.0.0.1:5433/library',
      STORE_SHELF_URL: 'file:///home/a%20b/.knowton/files/library/shelf',
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
        { publisher: 'library', url: 'postgres://cashier:word@127.0.0.1:5433/library', topics: ['book-lent'] },
      ]),
      STORE_DB_URL: 'postgres://cashier:word@127.0.0.1:5433/cashier',
      STORE_LEDGER_URL: 'chdb:///home/a%20b/.knowton/warehouse/cashier/ledger',
    },
  ])
})

test('names everything that is missing at once', () => {
  const poor: LocalResources = {
    ...resources,
    ports: { library: 4001 },
    postgres: { ...resources.postgres, passwords: { cashier: 'word' } },
    config: {},
    secrets: {},
  }
  expect(() => localPlan(toyPlatform, toyEnvironment, poor)).toThrow(
    'The plan cannot be made: library: role "library" has no password; library: config "paperRpcUrl" has no value; ' +
      'library: secret "vaultKey" has no value; cashier: it has no port.',
  )
})

test('lets a database be reached by its owner and by the readers of its event log only', () => {
  expect(databasePlans(toyPlatform)).toEqual([
    { service: 'library', database: 'library', role: 'library', readers: ['cashier'] },
    { service: 'cashier', database: 'cashier', role: 'cashier', readers: ['library'] },
  ])
})

test('starts publishers before their readers', () => {
  const reader = { ...library, consumes: cashier.publishes, publishes: {} }
  const publisher = { ...cashier, consumes: {} }
  const platform = { ...toyPlatform, services: { library: reader, cashier: publisher } }
  expect(startOrder(platform).map(({ name }) => name)).toEqual(['cashier', 'library'])
})

test('starts every service once when topics go both ways', () => {
  expect(startOrder(toyPlatform).map(({ name }) => name)).toEqual(['library', 'cashier'])
})
