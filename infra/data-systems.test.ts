import { components, type Manifest } from '@knowton/derive'
import { platform } from '@knowton/system'
import { expect, test } from 'vitest'
import { production } from './clusters/production.ts'

const objects: readonly Manifest[] = components(platform, production)
  .filter(({ group }) => group === 'data')
  .flatMap(({ files }) => Object.values(files).flat())

const one = (kind: string, name: string): Manifest => {
  const [found, second] = objects.filter((object) => object.kind === kind && object.metadata.name === name)
  if (found === undefined || second !== undefined) throw new Error(`not one ${kind} ${name}`)
  return found
}

test('Kafka has the founding document’s three brokers, their volumes, resources and settings', () => {
  expect(one('KafkaNodePool', 'broker').spec).toMatchObject({
    replicas: 3,
    storage: { volumes: [{ size: '500Gi', class: 'fast-ssd', deleteClaim: false }] },
    resources: { requests: { cpu: '2', memory: '8Gi' }, limits: { cpu: '4', memory: '16Gi' } },
  })
  expect(one('KafkaNodePool', 'controller').spec).toMatchObject({
    replicas: 3,
    storage: { volumes: [{ size: '100Gi' }] },
    resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { cpu: '1', memory: '4Gi' } },
  })
  expect(one('Kafka', 'knowton-kafka').spec).toHaveProperty(
    'kafka.config',
    expect.objectContaining({
      'offsets.topic.replication.factor': 3,
      'transaction.state.log.replication.factor': 3,
      'transaction.state.log.min.isr': 2,
      'default.replication.factor': 3,
      'min.insync.replicas': 2,
      'log.retention.hours': 168,
      'log.segment.bytes': 1_073_741_824,
      'compression.type': 'snappy',
    }),
  )
})

test.each([
  ['nft-minted', 12, 7],
  ['trades', 12, 30],
])('the topic %s has %i partitions and keeps %i days, as the founding document says', (name, partitions, days) => {
  expect(one('KafkaTopic', name).spec).toMatchObject({
    partitions,
    replicas: 3,
    config: { 'retention.ms': days * 86_400_000, 'compression.type': 'snappy' },
  })
})

test('the topic of royalties has six partitions on three brokers, and keeps money events for longer than a week', () => {
  const { spec } = one('KafkaTopic', 'royalty-distributions')
  expect(spec).toMatchObject({ partitions: 6, replicas: 3 })
  expect(spec).toHaveProperty(['config', 'retention.ms'], expect.any(Number))
})

test('PostgreSQL has three instances, 500 GiB, the twelve parameters and backups of thirty days', () => {
  expect(one('Cluster', 'knowton-postgres').spec).toMatchObject({
    instances: 3,
    storage: { size: '500Gi', storageClass: 'fast-ssd' },
    bootstrap: { initdb: { database: 'knowton', owner: 'knowton_user' } },
    postgresql: {
      parameters: {
        max_connections: '500',
        shared_buffers: '4GB',
        effective_cache_size: '12GB',
        maintenance_work_mem: '1GB',
        checkpoint_completion_target: '0.9',
        wal_buffers: '16MB',
        default_statistics_target: '100',
        random_page_cost: '1.1',
        effective_io_concurrency: '200',
        work_mem: '10MB',
        min_wal_size: '1GB',
        max_wal_size: '4GB',
      },
    },
  })
  expect(one('ObjectStore', 'knowton-postgres-backups').spec).toMatchObject({
    retentionPolicy: '30d',
    configuration: {
      destinationPath: 's3://knowton-backups/postgres',
      s3Credentials: { inheritFromIAMRole: true },
      wal: { compression: 'gzip', maxParallel: 8 },
    },
  })
})

test('ClickHouse has three shards of two replicas, 1 TiB and 100 GiB each, and the limits of one query', () => {
  expect(one('ClickHouseInstallation', 'knowton-clickhouse').spec).toMatchObject({
    configuration: {
      clusters: [{ name: 'knowton-cluster', layout: { shardsCount: 3, replicasCount: 2 } }],
      profiles: { 'default/max_memory_usage': 10_000_000_000, 'default/max_execution_time': 300 },
    },
    templates: {
      podTemplates: [{ name: 'clickhouse-pod' }],
      volumeClaimTemplates: [
        { name: 'data-volume', spec: { storageClassName: 'fast-ssd', resources: { requests: { storage: '1Ti' } } } },
        { name: 'log-volume', spec: { storageClassName: 'fast-ssd', resources: { requests: { storage: '100Gi' } } } },
      ],
    },
  })
})

test('Redis has six nodes of 100 GiB that keep what they hold, and Weaviate three of 500 GiB', () => {
  expect(one('RedisCluster', 'knowton-redis').spec).toMatchObject({
    clusterSize: 3,
    persistenceEnabled: true,
    kubernetesConfig: { resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { cpu: '1', memory: '4Gi' } } },
    storage: { volumeClaimTemplate: { spec: { resources: { requests: { storage: '100Gi' } } } } },
  })
  expect(one('StatefulSet', 'weaviate').spec).toMatchObject({
    replicas: 3,
    volumeClaimTemplates: [{ metadata: { name: 'weaviate-data' }, spec: { storageClassName: 'fast-ssd' } }],
  })
})

test('no password and no key stands in what is rendered', () => {
  expect(JSON.stringify(objects)).not.toMatch(/knowton_password|BEGIN [A-Z ]*PRIVATE KEY|"stringData"/)
  expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([])
})
