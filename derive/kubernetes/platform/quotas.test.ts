import { expect, test } from 'vitest'
import { toyCluster, toyMachine } from '../../testing/toy-cluster.ts'
import { toyPlatform } from '../../testing/toy-platform.ts'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import { bytes, cores, cpuMillis, gibibytes } from '../parts/quantities.ts'
import { clusterOf } from '../systems/systems.ts'
import { quotas } from './quotas.ts'

type Hard = Readonly<Record<string, string>>

const hardOf = (environment: ClusterEnvironment, namespace: string): Hard => {
  const [quota] = quotas(clusterOf(toyPlatform, environment)).files[namespace] ?? []
  if (quota === undefined) throw new Error(`no quota in ${namespace}`)
  return (quota.spec as { readonly hard: Hard }).hard
}

test('a quota holds every declared maximum at once', () => {
  // the gateway at 6, two services at 5, inference at 4: 250m and 512Mi each
  const apps = hardOf(toyCluster, 'toy-apps')
  expect(cpuMillis(apps['requests.cpu'] ?? '')).toBeGreaterThanOrEqual(20 * 250)
  expect(bytes(apps['limits.memory'] ?? '')).toBeGreaterThanOrEqual(bytes('20Gi'))
  expect(Number(apps.pods)).toBeGreaterThanOrEqual(20)
  expect(apps['requests.nvidia.com/gpu']).toBe('4')
  expect(apps['services.loadbalancers']).toBe('1')

  // 3 × (20 + 5) for PostgreSQL and for Kafka's six, 6 × 25 + 3 × 2 ClickHouse, 6 × 5 + 2 Redis, 30 Weaviate
  const data = hardOf(toyCluster, 'toy-data')
  expect(bytes(data['requests.storage'] ?? '')).toBeGreaterThanOrEqual(bytes('368Gi'))
  expect(Number(data.persistentvolumeclaims)).toBeGreaterThanOrEqual(6 + 6 + 15 + 8 + 3)
  expect(data['services.loadbalancers']).toBe('0')
})

test.each([
  ['apps', { sizes: Object.fromEntries(['small', 'medium', 'large'].map((size) => [size, { maxReplicas: 50 }])) }],
  ['data', { clickhouse: { shards: 50 } }],
  ['data', { kafka: { brokers: 50 } }],
  ['data', { postgres: { instances: 50 } }],
  ['data', { redis: { leaders: 50 } }],
  ['data', { weaviate: { replicas: 50 } }],
  ['monitoring', { monitoring: { prometheusReplicas: 50 } }],
] as const)('the quota of %s grows with %j', (where, more) => {
  const grown = merged(toyCluster, more) as ClusterEnvironment
  const before = hardOf(toyCluster, toyCluster.namespaces[where])
  const after = hardOf(grown, toyCluster.namespaces[where])
  for (const key of ['requests.cpu', 'limits.cpu', 'pods']) {
    expect(Number(after[key]), key).toBeGreaterThan(Number(before[key]))
  }
})

test('one machine has a quota, too, and room for its object store', () => {
  const data = hardOf(toyMachine, 'toy-data')
  expect(bytes(data['requests.storage'] ?? '')).toBeGreaterThan(bytes('100Gi'))
  expect(hardOf(toyMachine, 'toy-apps')['requests.nvidia.com/gpu']).toBe('0')
})

test('containers that say nothing get small numbers', () => {
  const [, range] = quotas(clusterOf(toyPlatform, toyCluster)).files['toy-data'] ?? []
  expect(range).toMatchObject({
    kind: 'LimitRange',
    spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '50m', memory: '128Mi' } }] },
  })
})

test('quantities are read exactly and written rounded up', () => {
  expect([cpuMillis('250m'), cpuMillis('2'), bytes('512Mi'), bytes('1Ti')]).toEqual([250, 2000, 2 ** 29, 2 ** 40])
  expect([cores(2001), gibibytes(2 ** 30 + 1), gibibytes(0)]).toEqual(['3', '2Gi', '0'])
  expect(() => cpuMillis('2.5')).toThrow(RangeError)
  expect(() => bytes('12')).toThrow(RangeError)
})

const merged = (base: unknown, over: unknown): unknown =>
  typeof base === 'object' && base !== null && typeof over === 'object' && over !== null
    ? {
        ...base,
        ...Object.fromEntries(
          Object.entries(over).map(([key, value]) => [key, merged((base as Record<string, unknown>)[key], value)]),
        ),
      }
    : over
