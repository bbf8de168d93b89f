import type { PlatformShape } from '@knowton/core'
import { databasePlans } from '../../../plan/databases.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { labelsOf, type Manifest } from '../../manifest.ts'
import { serverCertificate, serviceNames } from '../../parts/certificate.ts'
import { podDisruptionBudget } from '../../parts/disruption.ts'
import { CRITICAL_PRIORITY, containerSecurity, placement, podSecurity, resourcesOf, spread } from '../../parts/pod.ts'
import { accessRules } from './access.ts'
import { POSTGRES } from './names.ts'

/** The certificate that the pooler shows to its clients. */
const POOLER_TLS = 'knowton-postgres-pooler-tls'

/** The number that PgBouncer runs as in the operator's image. */
const PGBOUNCER_UID = 998

/** Connections that stay for the operator, replication, backups and people. */
const RESERVED_CONNECTIONS = 20

/**
 * PgBouncer before the primary, in session mode: services LISTEN and keep settings for a connection. It bounds how many
 * connections reach PostgreSQL, over all poolers and databases together, below `max_connections`.
 */
export const pooler = (platform: PlatformShape, environment: ClusterEnvironment): readonly Manifest[] => [
  serverCertificate({
    name: POOLER_TLS,
    namespace: environment.namespaces.data,
    component: 'postgres',
    dnsNames: serviceNames(POSTGRES.names.pooler, environment.namespaces.data),
    secretLabels: { 'cnpg.io/reload': 'true' },
  }),
  {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Pooler',
    metadata: {
      name: POSTGRES.names.pooler,
      namespace: environment.namespaces.data,
      labels: labelsOf('postgres', POSTGRES.names.pooler),
    },
    spec: {
      cluster: { name: POSTGRES.names.cluster },
      type: 'rw',
      instances: environment.postgres.poolerInstances,
      deploymentStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      pgbouncer: {
        poolMode: 'session',
        clientTLSSecret: { name: POOLER_TLS },
        pg_hba: accessRules(platform),
        parameters: poolParameters(platform, environment),
      },
      template: { metadata: { labels: labelsOf('postgres', POSTGRES.names.pooler) }, spec: poolerPod(environment) },
    },
  },
  disruptionBudget(environment),
]

/** Connections to one database that one pooler may hold. */
export const connectionsPerDatabase = (platform: PlatformShape, { postgres }: ClusterEnvironment): number => {
  const databases = Math.max(1, databasePlans(platform).length)
  const free = Number(postgres.parameters.max_connections) - RESERVED_CONNECTIONS
  // one more pooler runs while a new version takes over
  return Math.floor(free / ((postgres.poolerInstances + 1) * databases))
}

const poolParameters = (platform: PlatformShape, environment: ClusterEnvironment) => {
  const connections = String(connectionsPerDatabase(platform, environment))
  return {
    max_client_conn: '1000',
    default_pool_size: connections,
    max_db_connections: connections,
    server_idle_timeout: '60',
    // seconds; a service gives up after five
    query_wait_timeout: '10',
  }
}

const poolerPod = (environment: ClusterEnvironment) => ({
  securityContext: podSecurity(PGBOUNCER_UID),
  priorityClassName: CRITICAL_PRIORITY,
  terminationGracePeriodSeconds: 60,
  enableServiceLinks: false,
  ...placement(environment, 'general-purpose'),
  ...spread(POSTGRES.pods.pooler),
  containers: [
    {
      name: 'pgbouncer',
      imagePullPolicy: 'IfNotPresent',
      resources: resourcesOf(environment.postgres.pooler, '256Mi'),
      securityContext: containerSecurity(),
    },
  ],
})

const disruptionBudget = ({ namespaces }: ClusterEnvironment) =>
  podDisruptionBudget(
    {
      name: POSTGRES.names.pooler,
      namespace: namespaces.data,
      labels: labelsOf('postgres', POSTGRES.names.pooler),
    },
    POSTGRES.pods.pooler,
  )
