import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment, Resources } from '../cluster-environment.ts'

/** Pods of one kind when there are most of them. */
export type Load = {
  readonly what: string
  readonly pods: number
  /** Of one pod: its containers that run at the same time. */
  readonly containers: readonly Resources[]
  /** Volumes that each pod has of its own. */
  readonly volumes: readonly string[]
  /** GPUs of one pod. */
  readonly gpus?: number
}

/** The containers that operators put beside ours without asking: exporters, reloaders, backup plugins. */
const beside: Resources = { cpu: { request: '100m', limit: '500m' }, memory: { request: '128Mi', limit: '512Mi' } }

/** Everything that may run in each namespace at once: autoscalers at their maximum, one pod more while versions change. */
export const loads = (
  platform: PlatformShape,
  environment: ClusterEnvironment,
): Readonly<Record<'apps' | 'data' | 'monitoring', readonly Load[]>> => ({
  apps: appLoads(platform, environment),
  data: [
    ...kafkaLoads(environment),
    ...postgresLoads(environment),
    ...clickhouseLoads(environment),
    ...redisLoads(environment),
    ...otherStoreLoads(environment),
  ],
  monitoring: monitoringLoads(environment),
})

const appLoads = (platform: PlatformShape, { gateway, inference, sizes }: ClusterEnvironment): readonly Load[] => [
  { what: 'gateway', pods: gateway.maxReplicas + 1, containers: [gateway.resources], volumes: [] },
  ...Object.values(platform.services).map(({ name, size }) => ({
    what: name,
    // the old and the new version, and the migration before it
    pods: sizes[size].maxReplicas + 2,
    containers: [sizes[size].resources],
    volumes: [],
  })),
  {
    what: 'inference',
    pods: inference.maxReplicas,
    containers: [inference.resources],
    volumes: [],
    gpus: inference.gpus,
  },
]

const kafkaLoads = ({ kafka }: ClusterEnvironment): readonly Load[] => [
  { what: 'brokers', pods: kafka.brokers, containers: [kafka.broker], volumes: [kafka.brokerStorage] },
  { what: 'controllers', pods: kafka.controllers, containers: [kafka.controller], volumes: [kafka.controllerStorage] },
  { what: 'entity operator', pods: 2, containers: [kafka.helpers, kafka.helpers], volumes: [] },
  { what: 'exporter', pods: 2, containers: [kafka.helpers], volumes: [] },
  { what: 'Cruise Control', pods: 2, containers: [kafka.cruiseControl], volumes: [] },
]

const postgresLoads = ({ postgres }: ClusterEnvironment): readonly Load[] => [
  {
    what: 'PostgreSQL',
    // beside the cluster: an instance that takes the place of a lost one, and the restore drill
    pods: postgres.instances + 2,
    containers: [postgres.resources, beside],
    volumes: [postgres.storage, postgres.walStorage],
  },
  { what: 'poolers', pods: postgres.poolerInstances + 1, containers: [postgres.pooler], volumes: [] },
]

const clickhouseLoads = ({ clickhouse }: ClusterEnvironment): readonly Load[] => [
  {
    what: 'ClickHouse',
    pods: clickhouse.shards * clickhouse.replicas,
    containers: [clickhouse.resources, clickhouse.backup],
    volumes: [clickhouse.dataStorage, clickhouse.logStorage],
  },
  { what: 'Keeper', pods: clickhouse.keepers, containers: [clickhouse.keeper], volumes: [clickhouse.keeperStorage] },
]

const redisLoads = ({ gateway, redis }: ClusterEnvironment): readonly Load[] => [
  {
    what: 'Redis',
    pods: redis.leaders * 2,
    containers: [redis.resources, redis.exporter],
    volumes: [redis.storage, '1Gi'],
  },
  {
    what: 'Redis of the gateway',
    pods: gateway.rateLimits === 'redis' ? redis.rateLimits.replicas : 0,
    containers: [redis.rateLimits.resources, redis.exporter],
    volumes: [redis.rateLimits.storage],
  },
]

const otherStoreLoads = ({ objectStore: { server }, weaviate }: ClusterEnvironment): readonly Load[] => [
  { what: 'Weaviate', pods: weaviate.replicas, containers: [weaviate.resources], volumes: [weaviate.storage] },
  ...(server === undefined
    ? []
    : [{ what: 'object store', pods: 2, containers: [server.resources], volumes: [server.storage] }]),
]

const monitoringLoads = ({ monitoring }: ClusterEnvironment): readonly Load[] => [
  {
    what: 'Prometheus',
    pods: monitoring.prometheusReplicas,
    containers: [monitoring.prometheus, beside],
    volumes: [monitoring.prometheusStorage],
  },
  {
    what: 'Alertmanager',
    pods: monitoring.alertmanagerReplicas,
    containers: [monitoring.alertmanager, beside],
    volumes: [monitoring.alertmanagerStorage],
  },
  { what: 'Grafana', pods: monitoring.grafanaReplicas + 1, containers: [monitoring.grafana], volumes: [] },
]
