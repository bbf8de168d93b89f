import { type Address, addressAt } from '../../addresses.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'

/** What PostgreSQL and its pods are called, and the ports that they open. Operators make further names from these. */
export const POSTGRES = {
  names: {
    cluster: 'knowton-postgres',
    /** What backups are restored into to see that they can be. */
    drill: 'knowton-postgres-drill',
    pooler: 'knowton-postgres-pooler',
  },
  /** Labels that select the pods of each kind, as they or their operators make them. */
  pods: {
    instances: { 'cnpg.io/cluster': 'knowton-postgres' },
    pooler: { 'cnpg.io/poolerName': 'knowton-postgres-pooler' },
  },
  ports: {
    clients: 5432,
    poolerMetrics: 9127,
    /** The instance manager of CloudNativePG: status, probes, backups. */
    status: 8000,
    metrics: 9187,
  },
} as const

/** PgBouncer in session mode. */
export const postgresAddress = ({ namespaces }: Pick<ClusterEnvironment, 'namespaces'>): Address =>
  addressAt(POSTGRES.names.pooler, namespaces.data, POSTGRES.ports.clients)
