import { expect, test } from 'vitest'
import { toyCluster, toyMachine } from '../../../testing/toy-cluster.ts'
import { toyPlatform } from '../../../testing/toy-platform.ts'
import { accessRules } from './access.ts'
import { postgresCluster } from './cluster.ts'
import { connectionsPerDatabase } from './pooler.ts'
import { restoreDrill } from './restore-drill.ts'
import { managedRoles } from './roles.ts'

test('each database takes its owner and its declared readers, and nobody else takes anybody', () => {
  expect(accessRules(toyPlatform)).toEqual([
    'hostssl bookshop bookshop,cashier 0.0.0.0/0 scram-sha-256',
    'hostssl bookshop bookshop,cashier ::/0 scram-sha-256',
    'hostssl cashier cashier,bookshop 0.0.0.0/0 scram-sha-256',
    'hostssl cashier cashier,bookshop ::/0 scram-sha-256',
    'host all all 0.0.0.0/0 reject',
    'host all all ::/0 reject',
  ])
})

test('only readers of event logs are in their group, and no role is more than an owner', () => {
  const quiet = { ...toyPlatform.services.cashier, consumes: {} }
  const roles = managedRoles({ ...toyPlatform, services: { ...toyPlatform.services, cashier: quiet } })
  expect(roles.map(({ name, inRoles }) => [name, inRoles ?? []])).toEqual([
    ['knowton_event_readers', []],
    ['bookshop', ['knowton_event_readers']],
    ['cashier', []],
  ])
  expect(JSON.stringify(roles)).not.toMatch(/superuser|createdb|createrole|bypassrls/)
})

test.each([
  ['a cluster', toyCluster],
  ['one machine', toyMachine],
])(
  'all poolers of %s together, one more while they change, leave PostgreSQL connections to spare',
  (_, environment) => {
    const { poolerInstances, parameters } = environment.postgres
    const connections = connectionsPerDatabase(toyPlatform, environment)
    const most = connections * Object.keys(toyPlatform.services).length * (poolerInstances + 1)
    expect(connections).toBeGreaterThan(1)
    expect(most).toBeLessThanOrEqual(Number(parameters.max_connections) - 20)
  },
)

test('a replica that stays away cannot fill the volume of the log', () => {
  expect(postgresCluster(toyPlatform, toyCluster)).toHaveProperty(
    ['spec', 'postgresql', 'parameters', 'max_slot_wal_keep_size'],
    '2560MB',
  )
  const odd = { ...toyCluster, postgres: { ...toyCluster.postgres, walStorage: '500Mi' } }
  expect(() => postgresCluster(toyPlatform, odd)).toThrow('"500Mi"')
})

test('a drill restores from the backups of the running cluster, and archives nothing over them', () => {
  const drill = restoreDrill(toyCluster).find(({ kind }) => kind === 'Cluster')
  expect(drill).toMatchObject({
    metadata: { name: 'knowton-postgres-drill' },
    spec: {
      instances: 1,
      bootstrap: { recovery: { source: 'knowton-postgres' } },
      externalClusters: [{ name: 'knowton-postgres', plugin: { parameters: { serverName: 'knowton-postgres' } } }],
    },
  })
  expect(drill).not.toHaveProperty('spec.plugins')
  expect(restoreDrill(toyCluster).map(({ kind }) => kind)).toEqual(['NetworkPolicy', 'NetworkPolicy', 'Cluster'])
})
