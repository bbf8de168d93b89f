import type { ClusterEnvironment } from '@knowton/derive'
import type { ServiceName } from '@knowton/system'
import { releaseOf } from '../release.ts'
import { production } from './production.ts'

/** A cluster of its own with the shape of production, at the smallest size at which every store still has replicas. */
export const staging: ClusterEnvironment<ServiceName> = {
  ...production,
  name: 'staging',
  domain: 'staging.knowton.io',
  namespaces: { ...production.namespaces, apps: 'knowton-staging' },
  pools: {
    'general-purpose': { ...production.pools['general-purpose'], maxNodes: 6 },
    'compute-optimized': { ...production.pools['compute-optimized'], minNodes: 1, maxNodes: 4 },
    'memory-optimized': { ...production.pools['memory-optimized'], minNodes: 3, maxNodes: 6 },
    'gpu-nodes': { ...production.pools['gpu-nodes'], maxNodes: 2 },
    data: { ...production.pools.data, maxNodes: 6 },
  },
  release: releaseOf('staging'),
  gateway: { ...production.gateway, replicas: 2, maxReplicas: 4 },
  kafka: {
    ...production.kafka,
    brokerStorage: '50Gi',
    controllerStorage: '10Gi',
    broker: { cpu: { request: '500m', limit: '2' }, memory: { request: '3Gi', limit: '4Gi' } },
    controller: { cpu: { request: '250m', limit: '1' }, memory: { request: '1Gi', limit: '2Gi' } },
    heap: '1536m',
  },
  postgres: {
    ...production.postgres,
    storage: '50Gi',
    walStorage: '20Gi',
    resources: { cpu: { request: '1', limit: '1' }, memory: { request: '4Gi', limit: '4Gi' } },
    parameters: {
      ...production.postgres.parameters,
      max_connections: '200',
      shared_buffers: '1GB',
      effective_cache_size: '3GB',
      maintenance_work_mem: '256MB',
    },
    poolerInstances: 2,
    backupRetention: '7d',
  },
  clickhouse: {
    ...production.clickhouse,
    shards: 1,
    dataStorage: '100Gi',
    logStorage: '20Gi',
    keeperStorage: '5Gi',
    resources: { cpu: { request: '1', limit: '4' }, memory: { request: '8Gi', limit: '16Gi' } },
    keeper: { cpu: { request: '250m', limit: '1' }, memory: { request: '512Mi', limit: '1Gi' } },
  },
  redis: {
    ...production.redis,
    leaders: 3,
    storage: '10Gi',
    resources: { cpu: { request: '100m', limit: '500m' }, memory: { request: '512Mi', limit: '1Gi' } },
  },
  weaviate: {
    ...production.weaviate,
    storage: '20Gi',
    resources: { cpu: { request: '250m', limit: '1' }, memory: { request: '1Gi', limit: '2Gi' } },
  },
  inference: { ...production.inference, replicas: 1, maxReplicas: 2 },
  monitoring: {
    ...production.monitoring,
    prometheusStorage: '50Gi',
    prometheusRetentionSize: '40GB',
    prometheusRetention: '7d',
    prometheus: { cpu: { request: '250m', limit: '1' }, memory: { request: '2Gi', limit: '4Gi' } },
  },
  objectStore: {
    ...production.objectStore,
    buckets: {
      backups: 'knowton-staging-backups',
      works: 'knowton-staging-works',
      models: 'knowton-staging-models',
    },
  },
}
