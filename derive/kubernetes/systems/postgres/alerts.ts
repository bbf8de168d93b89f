import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Alert, alert, type RuleGroup } from '../../monitoring/rules/rule.ts'
import { rises, stays } from '../../monitoring/rules/series.ts'
import { POSTGRES } from './names.ts'

/** Base backups are taken nightly; so old, two have been missed. */
const BACKUP_HOURS = 50

const instances = (count: number): Alert =>
  alert('PostgresInstancesMissing', {
    expr: `(sum(cnpg_collector_up{cluster="${POSTGRES.names.cluster}"}) or vector(0)) < ${count}`,
    forMinutes: 5,
    severity: 'critical',
    says: `Fewer than ${count} instances of PostgreSQL answer.`,
    fix: `Read kubectl describe cluster ${POSTGRES.names.cluster}: its conditions say which instance is missing and why.`,
    test: {
      fires: { [`cnpg_collector_up{cluster="${POSTGRES.names.cluster}",pod="p-1"}`]: stays(count - 1) },
      quiet: { [`cnpg_collector_up{cluster="${POSTGRES.names.cluster}",pod="p-1"}`]: stays(count) },
      labels: {},
    },
  })

const lag = alert('PostgresReplicaBehind', {
  expr: 'max by (pod) (cnpg_pg_replication_lag) > 60',
  forMinutes: 5,
  severity: 'warning',
  says: 'The replica {{ $labels.pod }} is more than a minute behind the primary.',
  fix: 'See whether its disk or the network is busy, or a long query on it holds replay up.',
  test: {
    fires: { 'cnpg_pg_replication_lag{pod="p"}': stays(120) },
    quiet: { 'cnpg_pg_replication_lag{pod="p"}': stays(1) },
    labels: { pod: 'p' },
  },
})

const receiver = alert('PostgresReplicaCutOff', {
  expr: 'cnpg_pg_replication_in_recovery > cnpg_pg_replication_is_wal_receiver_up',
  forMinutes: 3,
  severity: 'critical',
  says: 'The replica {{ $labels.pod }} no longer receives changes from the primary.',
  fix: 'See in its log why it cannot connect; if the primary has removed what it needs, delete the replica and its volume.',
  test: {
    fires: {
      'cnpg_pg_replication_in_recovery{pod="p"}': stays(1),
      'cnpg_pg_replication_is_wal_receiver_up{pod="p"}': stays(0),
    },
    quiet: {
      'cnpg_pg_replication_in_recovery{pod="p"}': stays(0),
      'cnpg_pg_replication_is_wal_receiver_up{pod="p"}': stays(0),
    },
    labels: { pod: 'p' },
  },
})

const archiving = alert('PostgresArchivingFails', {
  expr: 'cnpg_pg_stat_archiver_last_failed_time > cnpg_pg_stat_archiver_last_archived_time',
  forMinutes: 10,
  severity: 'critical',
  says: 'The write-ahead log of {{ $labels.pod }} does not reach the backups: nothing since then could be restored.',
  fix: 'Look for barman in the log of the pod: the bucket, its keys or the network is wrong. The log fills the disk meanwhile.',
  test: {
    fires: {
      'cnpg_pg_stat_archiver_last_failed_time{pod="p"}': stays(200),
      'cnpg_pg_stat_archiver_last_archived_time{pod="p"}': stays(100),
    },
    quiet: {
      'cnpg_pg_stat_archiver_last_failed_time{pod="p"}': stays(-1),
      'cnpg_pg_stat_archiver_last_archived_time{pod="p"}': stays(100),
    },
    labels: { pod: 'p' },
  },
})

const backup = alert('PostgresBackupOld', {
  expr: `time() - max(barman_cloud_cloudnative_pg_io_last_available_backup_timestamp) > ${BACKUP_HOURS * 3600}`,
  forMinutes: 30,
  severity: 'critical',
  says: `No backup of PostgreSQL has been completed for ${BACKUP_HOURS} hours.`,
  fix: 'Read kubectl get backups and describe the last one that failed.',
  test: {
    fires: { 'barman_cloud_cloudnative_pg_io_last_available_backup_timestamp{pod="p"}': stays(-BACKUP_HOURS * 3600) },
    quiet: { 'barman_cloud_cloudnative_pg_io_last_available_backup_timestamp{pod="p"}': stays(0) },
    labels: {},
  },
})

const connections = alert('PostgresConnectionsFew', {
  expr:
    'sum by (pod) (cnpg_backends_total) / on (pod) ' +
    'max by (pod) (cnpg_pg_settings_setting{name="max_connections"}) > 0.8',
  forMinutes: 5,
  severity: 'warning',
  says: '{{ $labels.pod }} has used four fifths of its connections; when all are used, services are refused.',
  fix: 'See which service holds most of them on the dashboard PostgreSQL; too many replicas, or transactions left open.',
  test: {
    fires: {
      'cnpg_backends_total{pod="p",datname="d"}': stays(81),
      'cnpg_pg_settings_setting{pod="p",name="max_connections"}': stays(100),
    },
    quiet: {
      'cnpg_backends_total{pod="p",datname="d"}': stays(40),
      'cnpg_pg_settings_setting{pod="p",name="max_connections"}': stays(100),
    },
    labels: { pod: 'p' },
  },
})

const longTransaction = alert('PostgresTransactionLong', {
  expr: 'max by (pod, datname) (cnpg_backends_max_tx_duration_seconds) > 900',
  forMinutes: 5,
  severity: 'warning',
  says: 'A transaction in {{ $labels.datname }} has been open for a quarter of an hour: nothing newer can be cleaned up.',
  fix: 'Find it in pg_stat_activity on {{ $labels.pod }}; end it with pg_terminate_backend if nobody needs it.',
  test: {
    fires: { 'cnpg_backends_max_tx_duration_seconds{pod="p",datname="d"}': stays(1000) },
    quiet: { 'cnpg_backends_max_tx_duration_seconds{pod="p",datname="d"}': stays(3) },
    labels: { pod: 'p', datname: 'd' },
  },
})

const wraparound = alert('PostgresWraparoundNear', {
  expr: 'max by (datname) (cnpg_pg_database_xid_age) > 500000000',
  forMinutes: 30,
  severity: 'warning',
  says: 'Vacuum does not keep up in {{ $labels.datname }}: at two thousand million transactions it would stop taking writes.',
  fix: 'Look for what holds vacuum back: an old transaction, a replication slot, a prepared transaction.',
  test: {
    fires: { 'cnpg_pg_database_xid_age{datname="d"}': stays(600_000_000) },
    quiet: { 'cnpg_pg_database_xid_age{datname="d"}': stays(150_000_000) },
    labels: { datname: 'd' },
  },
})

const deadlocks = alert('PostgresDeadlocks', {
  expr: 'sum by (datname) (increase(cnpg_pg_stat_database_deadlocks[10m])) > 5',
  forMinutes: 5,
  severity: 'warning',
  says: 'Transactions in {{ $labels.datname }} keep locking one another out and are repeated.',
  fix: 'Read the pairs of statements that PostgreSQL logs for each; both must take their locks in the same order.',
  test: {
    fires: { 'cnpg_pg_stat_database_deadlocks{pod="p",datname="d"}': rises(1) },
    quiet: { 'cnpg_pg_stat_database_deadlocks{pod="p",datname="d"}': stays(9) },
    labels: { datname: 'd' },
  },
})

const pool = alert('PostgresPoolExhausted', {
  expr: 'max by (database) (cnpg_pgbouncer_pools_maxwait) > 2',
  forMinutes: 5,
  severity: 'critical',
  says: 'Connections to {{ $labels.database }} wait for a free one in the pooler for more than two seconds.',
  fix: 'See whether transactions are left open; else raise the size of the pool, within max_connections of PostgreSQL.',
  test: {
    fires: { 'cnpg_pgbouncer_pools_maxwait{database="d",user="u"}': stays(5) },
    quiet: { 'cnpg_pgbouncer_pools_maxwait{database="d",user="u"}': stays(0) },
    labels: { database: 'd' },
  },
})

/** What goes wrong in PostgreSQL, its backups and its pooler. */
export const postgresRules = ({ postgres }: ClusterEnvironment): readonly RuleGroup[] => [
  {
    name: 'postgres',
    rules: [
      instances(postgres.instances),
      ...(postgres.instances > 1 ? [lag, receiver] : []),
      archiving,
      backup,
      connections,
      pool,
      longTransaction,
      wraparound,
      deadlocks,
    ],
  },
]
