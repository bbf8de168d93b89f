import { StatefulSet } from 'kubernetes-models/apps/v1'
import { CronJob } from 'kubernetes-models/batch/v1'
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1'
import { ConfigMap, Service, ServiceAccount } from 'kubernetes-models/v1'
import { describe, expect, test } from 'vitest'
import { isCustom, schemaFaults } from '../../testing/schema-faults.ts'
import { toyClouds, toyCluster, toyClusterIn, toyMachine } from '../../testing/toy-cluster.ts'
import { toyPlatform } from '../../testing/toy-platform.ts'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import { components } from '../components.ts'
import type { Manifest } from '../manifest.ts'
import { restoreDrill } from '../systems/postgres/restore-drill.ts'

const models: Readonly<Record<string, new (data: never) => { validate(): void }>> = {
  ConfigMap,
  CronJob,
  NetworkPolicy,
  PodDisruptionBudget,
  Service,
  ServiceAccount,
  StatefulSet,
}

const rendered = (environment: ClusterEnvironment): readonly Manifest[] => [
  ...components(toyPlatform, environment)
    .filter(({ group }) => group === 'data')
    .flatMap(({ files }) => Object.values(files).flat()),
  ...restoreDrill(environment),
]

const smallest: ClusterEnvironment = {
  ...toyCluster,
  clickhouse: { ...toyCluster.clickhouse, shards: 1 },
  weaviate: { ...toyCluster.weaviate, openai: true },
}

const variants: readonly (readonly [string, ClusterEnvironment])[] = [
  ['one machine', toyMachine],
  ['one shard, with OpenAI', smallest],
  ...toyClouds
    .filter(({ kind }) => kind !== 'kind')
    .map((cloud): readonly [string, ClusterEnvironment] => [cloud.kind, toyClusterIn(cloud)]),
]

describe.each(variants)('on %s', (_name, environment) => {
  const objects = rendered(environment)

  test('every custom resource has the fields that its definition declares', () => {
    expect(schemaFaults(objects.filter(isCustom))).toEqual([])
  })

  test('every other object is what Kubernetes takes', () => {
    for (const object of objects.filter((candidate) => !isCustom(candidate))) {
      const Model = models[object.kind]
      if (Model === undefined) throw new Error(`${object.kind} is not checked by anything`)
      expect(() => new Model(object as never).validate(), `${object.kind} ${object.metadata.name}`).not.toThrow()
    }
  })

  test('no object stands twice, and each lies in the namespace of the stores', () => {
    const ids = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(objects.map(({ metadata }) => metadata.namespace))).toEqual(new Set([environment.namespaces.data]))
  })

  test('no Secret is written down', () => {
    expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([])
  })
})

test('what would take data with it is neither pruned nor deleted', () => {
  const stateful = ['Kafka', 'KafkaNodePool', 'KafkaTopic', 'Cluster', 'Database', 'ObjectStore', 'StatefulSet']
  const kinds = new Set([...stateful, 'ClickHouseInstallation', 'ClickHouseKeeperInstallation', 'RedisCluster'])
  const exposed = components(toyPlatform, toyMachine)
    .filter(({ group }) => group === 'data')
    .flatMap(({ files }) => Object.values(files).flat())
    .filter(({ kind }) => kinds.has(kind))
    .filter(({ metadata }) => metadata.annotations?.['argocd.argoproj.io/sync-options'] !== 'Prune=false,Delete=false')
  expect(exposed).toEqual([])
})

test('a cluster of one has no rule that needs a second', () => {
  const kinds = new Map(rendered(toyMachine).map((object) => [`${object.kind}/${object.metadata.name}`, object]))
  expect(kinds.get('Kafka/knowton-kafka')).not.toHaveProperty('spec.cruiseControl')
  expect(kinds.get('Kafka/knowton-kafka')).not.toHaveProperty('spec.kafka.rack')
  expect(kinds.get('Cluster/knowton-postgres')).not.toHaveProperty('spec.postgresql.synchronous')
  expect(kinds.get('Cluster/knowton-postgres')).toHaveProperty('spec.enablePDB', false)
  expect(kinds.has('RedisReplication/knowton-rate-limits')).toBe(false)
  expect(JSON.stringify(kinds.get('RedisCluster/knowton-redis'))).not.toContain('requiredDuringScheduling')
})

test('Kafka, ClickHouse, its keepers and Redis take connections with TLS only', () => {
  const of = (kind: string) => rendered(toyCluster).filter((object) => object.kind === kind)
  expect(of('Kafka')).toMatchObject([
    { spec: { kafka: { listeners: [{ port: 9093, tls: true, authentication: { type: 'tls' } }] } } },
  ])
  for (const kind of ['ClickHouseInstallation', 'ClickHouseKeeperInstallation']) {
    expect(of(kind)).toMatchObject([{ spec: { configuration: { clusters: [{ secure: 'yes', insecure: 'no' }] } } }])
  }
  for (const kind of ['RedisCluster', 'RedisReplication']) {
    expect(of(kind)).toMatchObject([{ spec: { TLS: { secret: { secretName: expect.stringContaining('-tls') } } } }])
  }
})
