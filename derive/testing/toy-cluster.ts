import type { CloudAccount, ClusterEnvironment, ImageName, Resources } from '../kubernetes/cluster-environment.ts'
import { toyEnvironment } from './toy-platform.ts'

const resources: Resources = { cpu: { request: '250m', limit: '1' }, memory: { request: '512Mi', limit: '1Gi' } }
const little: Resources = { cpu: { request: '50m', limit: '500m' }, memory: { request: '64Mi', limit: '256Mi' } }
const size = { resources, minReplicas: 2, maxReplicas: 5 }
const pool = {
  instanceTypes: { eks: 'm6i.large', gke: 'n2-standard-2', aks: 'Standard_D2s_v5', kind: 'kind' },
  minNodes: 1,
  maxNodes: 4,
  diskGiB: 50,
  labels: {},
  taints: [],
} as const

const imageNames: readonly ImageName[] = [
  'kong',
  'postgres',
  'clickhouse',
  'clickhouse-keeper',
  'clickhouse-backup',
  'redis',
  'redis-exporter',
  'torchserve',
  'torchserve-cpu',
  'triton',
  'model-sync',
  'weaviate',
  'prometheus',
  'alertmanager',
  'grafana',
  'object-store',
]

/** A cluster for the toy platform, on EKS, with three of everything. */
export const toyCluster: ClusterEnvironment = {
  ...toyEnvironment,
  cloud: { kind: 'eks', region: 'eu-west-1', account: '123456789012' },
  zones: 3,
  domain: 'books.example',
  certificateEmail: 'ops@books.example',
  namespaces: { apps: 'toy-apps', data: 'toy-data', monitoring: 'toy-monitoring' },
  kubernetesVersion: '1.35',
  network: {
    cidr: '10.1.0.0/16',
    nodes: '10.1.0.0/17',
    edge: '10.1.128.0/20',
    apiServer: { cidr: '10.1.144.0/24', port: 443 },
    pods: '10.96.0.0/14',
    services: '172.21.0.0/16',
    chainRpc: 'public',
  },
  pools: {
    'general-purpose': pool,
    'compute-optimized': pool,
    'memory-optimized': pool,
    'gpu-nodes': { ...pool, taints: [{ key: 'nvidia.com/gpu', value: 'true', effect: 'NoSchedule' }] },
    data: pool,
  },
  release: { registry: 'registry.example/books', services: {} },
  images: Object.fromEntries(imageNames.map((name) => [name, `registry.example/${name}:1.2.3`])) as Readonly<
    Record<ImageName, string>
  >,
  versions: { kafka: '4.3.1', kafkaMetadata: '4.3-IV0', prometheus: 'v3.13.2', alertmanager: 'v0.30.0' },
  sizes: { small: size, medium: size, large: size },
  gateway: { replicas: 3, maxReplicas: 6, resources, rateLimits: 'redis' },
  kafka: {
    brokers: 3,
    controllers: 3,
    brokerStorage: '20Gi',
    controllerStorage: '5Gi',
    broker: resources,
    controller: resources,
    heap: '512m',
    replicationFactor: 3,
    minInsyncReplicas: 2,
    helpers: little,
    cruiseControl: little,
  },
  postgres: {
    instances: 3,
    storage: '20Gi',
    walStorage: '5Gi',
    resources,
    parameters: { max_connections: '100' },
    synchronousReplicas: 1,
    poolerInstances: 3,
    pooler: little,
    archiver: little,
    backupRetention: '30d',
  },
  clickhouse: {
    shards: 3,
    replicas: 2,
    keepers: 3,
    dataStorage: '20Gi',
    logStorage: '5Gi',
    keeperStorage: '2Gi',
    resources,
    keeper: little,
    maxMemoryUsageBytes: 1_000_000_000,
    maxExecutionSeconds: 60,
    backup: little,
    backupsKept: 7,
  },
  redis: {
    leaders: 3,
    storage: '5Gi',
    resources,
    exporter: little,
    rateLimits: { replicas: 2, storage: '1Gi', resources: little },
  },
  weaviate: { replicas: 3, storage: '10Gi', resources, openai: false },
  inference: { backend: 'torchserve', replicas: 2, maxReplicas: 4, gpus: 1, resources, modelStorage: '1Gi' },
  monitoring: {
    prometheusReplicas: 2,
    prometheusStorage: '20Gi',
    prometheusRetentionSize: '15GB',
    prometheusRetention: '30d',
    prometheus: resources,
    alertmanagerReplicas: 3,
    alertmanagerStorage: '1Gi',
    alertmanager: little,
    grafana: little,
    grafanaReplicas: 1,
    objectives: { availability: 0.999, latencySeconds: 0.5, latencyShare: 0.99 },
  },
  objectStore: {
    buckets: { backups: 'books-backups', works: 'books-works', models: 'books-models' },
    endpoint: undefined,
    server: undefined,
  },
}

/** The same on one machine: one of everything that may be one, and an object store inside the cluster. */
export const toyMachine: ClusterEnvironment = {
  ...toyCluster,
  name: 'toy-machine',
  cloud: { kind: 'kind' },
  zones: 1,
  certificateEmail: undefined,
  network: {
    ...toyCluster.network,
    apiServer: { cidr: '172.16.0.0/12', port: 6443 },
    chainRpc: { cidr: '172.16.0.0/12', port: 8545 },
  },
  gateway: { ...toyCluster.gateway, replicas: 1, maxReplicas: 1, rateLimits: 'local' },
  kafka: { ...toyCluster.kafka, brokers: 1, controllers: 1, replicationFactor: 1, minInsyncReplicas: 1 },
  postgres: { ...toyCluster.postgres, instances: 1, synchronousReplicas: 0, poolerInstances: 1 },
  clickhouse: { ...toyCluster.clickhouse, shards: 1, replicas: 1, keepers: 1 },
  weaviate: { ...toyCluster.weaviate, replicas: 1 },
  inference: { ...toyCluster.inference, replicas: 1, maxReplicas: 1, gpus: 0 },
  monitoring: { ...toyCluster.monitoring, prometheusReplicas: 1, alertmanagerReplicas: 1 },
  objectStore: {
    ...toyCluster.objectStore,
    endpoint: 'https://object-store.toy-data.svc:7070',
    server: { storage: '2Gi', resources: little },
  },
}

/** The toy cluster in another cloud. */
export const toyClusterIn = (cloud: CloudAccount): ClusterEnvironment => ({ ...toyCluster, cloud })

/** One account of each cloud. */
export const toyClouds: readonly CloudAccount[] = [
  { kind: 'eks', region: 'eu-west-1', account: '123456789012' },
  { kind: 'gke', region: 'europe-west1', project: 'books-project' },
  {
    kind: 'aks',
    region: 'westeurope',
    resourceGroup: 'books',
    subscription: '00000000-0000-4000-8000-000000000001',
    tenant: '00000000-0000-4000-8000-000000000002',
    vaultUrl: 'https://books.vault.azure.net',
    storageAccount: 'booksstore',
    clientIds: { secrets: '00000000-0000-4000-8000-000000000003', dns: '00000000-0000-4000-8000-000000000004' },
  },
  { kind: 'kind' },
]
