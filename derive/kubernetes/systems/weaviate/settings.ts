import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type EnvVar, trustOwnStore, weaviateBackup } from '../object-store/access.ts'
import { WEAVIATE } from './names.ts'

/** The Secret with `apiKey` and `clusterPassword`, and `openaiApiKey` where that is switched on. */
export const WEAVIATE_SECRET = 'weaviate-credentials'

/** The number that Weaviate runs as; its image says none, which would be root. */
export const WEAVIATE_UID = 1000

export const WEAVIATE_HEADLESS = `${WEAVIATE.names.weaviate}-headless`

/** The user that the services' key stands for. */
const SERVICE_USER = 'knowton-services'

/** More copies of an object than three cost more than they save. */
const MAX_COPIES = 3

/** Ports inside the cluster of Weaviate: gossip, data, and two of Raft. */
export const weaviatePorts = {
  http: 8080,
  grpc: 50_051,
  gossip: 7000,
  data: 7001,
  raft: 8300,
  raftRpc: 8301,
  metrics: 2112,
}

/** The variables of every replica. */
export const weaviateSettings = (environment: ClusterEnvironment): readonly EnvVar[] => {
  const backup = weaviateBackup(environment)
  const modules = [...(environment.weaviate.openai ? ['text2vec-openai', 'generative-openai'] : []), backup.module]
  return [
    ...plain({
      PERSISTENCE_DATA_PATH: '/var/lib/weaviate',
      QUERY_DEFAULTS_LIMIT: '25',
      DEFAULT_VECTORIZER_MODULE: environment.weaviate.openai ? 'text2vec-openai' : 'none',
      ENABLE_MODULES: modules.join(','),
      LOG_FORMAT: 'json',
      LOG_LEVEL: 'info',
      DISABLE_TELEMETRY: 'true',
      LIMIT_RESOURCES: 'true',
      PROMETHEUS_MONITORING_ENABLED: 'true',
      PROMETHEUS_MONITORING_PORT: String(weaviatePorts.metrics),
      AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED: 'false',
      AUTHENTICATION_APIKEY_ENABLED: 'true',
      AUTHENTICATION_APIKEY_USERS: SERVICE_USER,
      AUTHORIZATION_RBAC_ENABLED: 'true',
      AUTHORIZATION_RBAC_ROOT_USERS: SERVICE_USER,
      ...clusterSettings(environment),
    }),
    secret('AUTHENTICATION_APIKEY_ALLOWED_KEYS', 'apiKey'),
    secret('CLUSTER_BASIC_AUTH_PASSWORD', 'clusterPassword'),
    ...(environment.weaviate.openai ? [secret('OPENAI_APIKEY', 'openaiApiKey')] : []),
    ...backup.env,
    ...trustOwnStore(environment),
  ]
}

/** How replicas find one another and agree; one replica is a cluster of one that can grow. */
const clusterSettings = ({ weaviate, namespaces }: ClusterEnvironment): Readonly<Record<string, string>> => {
  const members = Array.from({ length: weaviate.replicas }, (_, index) => `${WEAVIATE.names.weaviate}-${index}`)
  return {
    CLUSTER_GOSSIP_BIND_PORT: String(weaviatePorts.gossip),
    CLUSTER_DATA_BIND_PORT: String(weaviatePorts.data),
    CLUSTER_JOIN: `${WEAVIATE_HEADLESS}.${namespaces.data}.svc.cluster.local`,
    CLUSTER_BASIC_AUTH_USERNAME: 'cluster',
    RAFT_JOIN: members.join(','),
    RAFT_BOOTSTRAP_EXPECT: String(weaviate.replicas),
    RAFT_BOOTSTRAP_TIMEOUT: '600',
    REPLICATION_MINIMUM_FACTOR: String(Math.min(weaviate.replicas, MAX_COPIES)),
  }
}

const secret = (name: string, key: string): EnvVar => ({
  name,
  valueFrom: { secretKeyRef: { name: WEAVIATE_SECRET, key } },
})

const plain = (values: Readonly<Record<string, string>>): readonly EnvVar[] =>
  Object.entries(values).map(([name, value]) => ({ name, value }))
