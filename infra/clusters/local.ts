import type { ClusterEnvironment, Resources } from '@knowton/derive'
import type { ServiceName } from '@knowton/system'
import { local as laptop } from '../environments/local.ts'
import { releaseOf } from '../release.ts'
import { production } from './production.ts'

const little: Resources = { cpu: { request: '50m', limit: '1' }, memory: { request: '128Mi', limit: '512Mi' } }
const some: Resources = { cpu: { request: '100m', limit: '2' }, memory: { request: '512Mi', limit: '2Gi' } }
const alone = { resources: little, minReplicas: 1, maxReplicas: 1 }

/** kind or k3d on one machine: the same kinds of objects, one replica of each, small volumes. */
export const local: ClusterEnvironment<ServiceName> = {
  ...production,
  ...laptop,
  name: 'local',
  cloud: { kind: 'kind' },
  zones: 1,
  domain: 'knowton.localhost',
  certificateEmail: undefined,
  namespaces: { ...production.namespaces, apps: 'knowton-local' },
  // kind's nodes stand on a network of Docker's, whose ranges lie here; its API server listens on 6443
  network: {
    cidr: '172.16.0.0/12',
    nodes: '172.16.0.0/12',
    edge: '172.16.0.0/12',
    apiServer: { cidr: '172.16.0.0/12', port: 6443 },
    pods: '10.244.0.0/16',
    services: '10.96.0.0/16',
    chainRpc: { cidr: '172.16.0.0/12', port: 8545 },
  },
  release: releaseOf('local'),
  sizes: { small: alone, medium: alone, large: { ...alone, resources: some } },
  gateway: { replicas: 1, maxReplicas: 1, resources: little, rateLimits: 'local' },
  kafka: {
    brokers: 1,
    controllers: 1,
    brokerStorage: '2Gi',
    controllerStorage: '1Gi',
    broker: { cpu: { request: '100m', limit: '2' }, memory: { request: '1Gi', limit: '1536Mi' } },
    controller: { cpu: { request: '50m', limit: '1' }, memory: { request: '512Mi', limit: '1Gi' } },
    heap: '512m',
    replicationFactor: 1,
    minInsyncReplicas: 1,
    helpers: little,
    cruiseControl: little,
  },
  postgres: {
    instances: 1,
    storage: '2Gi',
    walStorage: '1Gi',
    resources: { cpu: { request: '100m', limit: '2' }, memory: { request: '1Gi', limit: '1Gi' } },
    parameters: {
      ...production.postgres.parameters,
      max_connections: '200',
      shared_buffers: '256MB',
      effective_cache_size: '512MB',
      maintenance_work_mem: '64MB',
      work_mem: '2MB',
      min_wal_size: '64MB',
      max_wal_size: '256MB',
    },
    synchronousReplicas: 0,
    poolerInstances: 1,
    pooler: little,
    archiver: little,
    backupRetention: '2d',
  },
  clickhouse: {
    ...production.clickhouse,
    shards: 1,
    replicas: 1,
    keepers: 1,
    dataStorage: '2Gi',
    logStorage: '1Gi',
    keeperStorage: '1Gi',
    resources: { cpu: { request: '100m', limit: '2' }, memory: { request: '1Gi', limit: '2Gi' } },
    keeper: little,
    maxMemoryUsageBytes: 1_000_000_000,
    backup: little,
    backupsKept: 2,
  },
  redis: {
    leaders: 3,
    storage: '1Gi',
    resources: little,
    exporter: little,
    rateLimits: { replicas: 1, storage: '1Gi', resources: little },
  },
  weaviate: { replicas: 1, storage: '1Gi', resources: some, openai: false },
  inference: { backend: 'torchserve', replicas: 1, maxReplicas: 1, gpus: 0, resources: some, modelStorage: '2Gi' },
  monitoring: {
    prometheusReplicas: 1,
    prometheusStorage: '2Gi',
    prometheusRetentionSize: '1500MB',
    prometheusRetention: '2d',
    prometheus: some,
    alertmanagerReplicas: 1,
    alertmanagerStorage: '1Gi',
    alertmanager: little,
    grafana: little,
    grafanaReplicas: 1,
    objectives: production.monitoring.objectives,
  },
  objectStore: {
    buckets: { backups: 'knowton-backups', works: 'knowton-works', models: 'knowton-models' },
    endpoint: 'https://object-store.knowton-data.svc:7070',
    server: { storage: '5Gi', resources: little },
  },
}
