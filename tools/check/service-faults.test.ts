import { expect, test } from 'vitest'
import { serviceFaults } from './service-faults.ts'

const whole = (name: string) =>
  ['package.json', 'main.ts', 'ports.ts', 'migrations/001-first.sql'].map((part) => `services/${name}/${part}`)

test('a declared service with its folder is right', () => {
  expect(serviceFaults(['market'], whole('market'))).toEqual([])
})

test('a declared service without a part of its folder is named, and so is a folder that nobody declared', () => {
  const paths = [...whole('market').filter((path) => !path.endsWith('main.ts')), ...whole('bonds')]
  expect(serviceFaults(['market'], paths)).toEqual([
    'services/market/main.ts is missing: the service is declared in system/',
    'services/bonds/ belongs to no service that system/index.ts lists',
  ])
})
