import { hasStore } from '../../../edges.ts'
import { databasePlans } from '../../../plan/databases.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { beside } from '../../loads.ts'
import { postgresEntry } from '../../secrets/entries.ts'
import { podTarget } from '../../targets.ts'
import { backupIdentity } from '../../workload-identity.ts'
import type { System } from '../system.ts'
import { postgresRules } from './alerts.ts'
import { postgresComponent } from './component.ts'
import { postgresDashboard } from './dashboard.ts'
import { postgresClientFlows, postgresFlows, postgresPeers } from './flows.ts'
import { POSTGRES, postgresAddress } from './names.ts'

export const postgres: System = {
  namespace: 'data',
  pods: POSTGRES.pods,
  ports: POSTGRES.ports,
  address: postgresAddress,
  objects: ({ platform, environment }) => [postgresComponent(platform, environment)],
  flows: postgresFlows,
  clients: { usedBy: hasStore('postgres'), flows: postgresClientFlows, variables: [] },
  loads: ({ postgres }: ClusterEnvironment) => [
    {
      what: 'PostgreSQL',
      // beside the cluster: an instance that takes the place of a lost one, and the restore drill
      pods: postgres.instances + 2,
      containers: [postgres.resources, beside],
      volumes: [postgres.storage, postgres.walStorage],
    },
    { what: 'poolers', pods: postgres.poolerInstances + 1, containers: [postgres.pooler], volumes: [] },
  ],
  secrets: ({ platform }) =>
    Object.fromEntries(
      databasePlans(platform).map(({ role }) => [
        postgresEntry(role),
        { username: { kind: 'fixed', value: role }, password: { kind: 'password' } },
      ]),
    ),
  identities: ({ environment }) => [
    backupIdentity('postgres', environment, POSTGRES.names.cluster, POSTGRES.names.drill),
  ],
  targets: (environment) => {
    const { instances, pooler } = postgresPeers(environment)
    return [
      podTarget('postgres', instances, POSTGRES.ports.metrics),
      podTarget('postgres-pooler', pooler, POSTGRES.ports.poolerMetrics),
    ]
  },
  metrics: {
    /** CloudNativePG’s exporter with its default queries, and the barman-cloud plugin beside it. */
    postgres: [
      'barman_cloud_cloudnative_pg_io_first_recoverability_point',
      'barman_cloud_cloudnative_pg_io_last_available_backup_timestamp',
      'cnpg_backends_max_tx_duration_seconds',
      'cnpg_backends_total',
      'cnpg_collector_up',
      'cnpg_pg_database_size_bytes',
      'cnpg_pg_database_xid_age',
      'cnpg_pg_replication_in_recovery',
      'cnpg_pg_replication_is_wal_receiver_up',
      'cnpg_pg_replication_lag',
      'cnpg_pg_settings_setting',
      'cnpg_pg_stat_archiver_last_archived_time',
      'cnpg_pg_stat_archiver_last_failed_time',
      'cnpg_pg_stat_database_deadlocks',
      'cnpg_pg_stat_database_xact_commit',
      'cnpg_pg_stat_database_xact_rollback',
    ],
    'postgres-pooler': [
      'cnpg_pgbouncer_pools_cl_active',
      'cnpg_pgbouncer_pools_cl_waiting',
      'cnpg_pgbouncer_pools_maxwait',
    ],
  },
  alerts: (environment) => ({ postgres: postgresRules(environment) }),
  dashboard: () => postgresDashboard,
}
