import { route, service, topic } from '@knowton/core'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { docs } from './docs.ts'

const rang = topic({
  name: 'bell-rang',
  version: 1,
  summary: 'A bell rang.',
  payload: z.object({ times: z.int() }),
  key: () => 'bell',
  partitions: 3,
  retentionDays: 7,
})
const bell = service({
  name: 'bell',
  summary: 'Rings.',
  routes: {
    ring: route({
      method: 'POST',
      path: '/ring',
      summary: 'Ring it | twice.',
      access: 'user',
      idempotent: true,
      output: z.object({}),
      errors: [],
    }),
  },
  publishes: { rang },
  consumes: {},
  stores: { db: { kind: 'postgres', summary: 'Rings.' } },
  chain: false,
  config: { maxRings: z.coerce.number().default(3), towerUrl: z.url() },
  secrets: { key: z.string() },
  size: 'small',
  pool: 'general-purpose',
  instances: 'many',
  needs: [],
})
const pages = docs({
  name: 'Toy',
  version: '1',
  services: { bell },
  errors: { 'bell.broken': { status: 409, retry: 'never', says: 'The bell is broken.' } },
})

test('every route, topic, error and variable of the declaration is on its page', () => {
  expect(pages['services.md']).toContain('| POST | `/api/v1/ring` | user | yes | Ring it \\| twice. |')
  expect(pages['topics.md']).toContain('## bell-rang')
  expect(pages['topics.md']).toContain('Published by bell; read by nobody.')
  expect(pages['topics.md']).toContain('"times"')
  expect(pages['errors.md']).toContain('| `bell.broken` | 409 | never | The bell is broken. |')
  expect(pages['configuration.md']).toContain('| `MAX_RINGS` | value | `3` |')
  expect(pages['configuration.md']).toContain('| `TOWER_URL` | value | required |')
  expect(pages['configuration.md']).toContain('| `KEY` | secret | required |')
  expect(pages['configuration.md']).toContain('| `KAFKA_BOOTSTRAP_SERVERS` | cluster: kafka | left out |')
  expect(pages['configuration.md']).not.toContain('REDIS_URL')
})

test('the same declaration gives the same bytes', () => {
  expect(docs({ name: 'Toy', version: '1', services: { bell }, errors: {} })).toEqual(
    docs({ name: 'Toy', version: '1', services: { bell }, errors: {} }),
  )
})
