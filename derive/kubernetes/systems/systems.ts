import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import { clickhouse } from './clickhouse/clickhouse.ts'
import { gateway } from './gateway/gateway.ts'
import { grafana } from './grafana/grafana.ts'
import { inference } from './inference/inference.ts'
import { kafka } from './kafka/kafka.ts'
import { kubernetes } from './kubernetes/kubernetes.ts'
import { objectStore } from './object-store/object-store.ts'
import { postgres } from './postgres/postgres.ts'
import { prometheus } from './prometheus/prometheus.ts'
import { redis } from './redis/redis.ts'
import type { Cluster, System } from './system.ts'
import { weaviate } from './weaviate/weaviate.ts'

/** Every system that a cluster stands on, by name. */
export const systems = {
  gateway,
  kafka,
  postgres,
  clickhouse,
  redis,
  weaviate,
  objectStore,
  inference,
  prometheus,
  grafana,
  kubernetes,
} as const satisfies Readonly<Record<string, System>>

/** The cluster of a platform with all of its systems. */
export const clusterOf = (platform: PlatformShape, environment: ClusterEnvironment): Cluster => ({
  platform,
  environment,
  systems: Object.values(systems),
})
