import type { PlatformShape } from '@knowton/core'
import { databaseName } from '../../../plan/databases.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import type { Manifest } from '../../manifest.ts'
import { externalSecret } from '../../secrets/external-secret.ts'

/** The Secret of the passwords and their hashes; servers are given the hashes alone. */
export const CLICKHOUSE_SECRET = 'clickhouse-credentials'

/** The founding document's user: what analytics writes and reads with. */
export const CLICKHOUSE_USER = 'knowton_user'

/** The user of the backup server, which reaches its own server only. */
export const BACKUP_USER = 'knowton_backup'

const LOOPBACK = ['127.0.0.1/32', '::1/128']

/** Users by the operator's paths. Each may do what it is for, from where it runs. */
export const clickhouseUsers = (platform: PlatformShape, environment: ClusterEnvironment) => ({
  'default/networks/ip': LOOPBACK,
  [`${CLICKHOUSE_USER}/password_sha256_hex`]: hashOf('password_sha256_hex'),
  [`${CLICKHOUSE_USER}/networks/ip`]: [environment.network.pods],
  [`${CLICKHOUSE_USER}/profile`]: 'default',
  [`${CLICKHOUSE_USER}/quota`]: 'knowton',
  [`${CLICKHOUSE_USER}/grants/query`]: warehouses(platform)
    .flatMap((database) => [
      `GRANT CREATE DATABASE, CREATE TABLE, CREATE VIEW, DROP TABLE, DROP VIEW, TRUNCATE ON ${database}.*`,
      `GRANT SELECT, INSERT, ALTER TABLE, OPTIMIZE, SHOW ON ${database}.*`,
    ])
    .concat('GRANT CLUSTER, REMOTE ON *.*', 'GRANT SELECT ON system.*'),
  [`${BACKUP_USER}/password_sha256_hex`]: hashOf('backup_password_sha256_hex'),
  [`${BACKUP_USER}/networks/ip`]: LOOPBACK,
  [`${BACKUP_USER}/profile`]: 'backup',
  [`${BACKUP_USER}/quota`]: 'knowton',
  [`${BACKUP_USER}/grants/query`]: [
    'GRANT SELECT, SHOW, SYSTEM, ALTER FREEZE PARTITION, ALTER MOVE PARTITION, ALTER FETCH PARTITION ON *.*',
    'GRANT CREATE DATABASE, CREATE TABLE, CREATE VIEW, CREATE DICTIONARY, DROP TABLE, INSERT ON *.*',
  ],
})

/** The databases that services keep in ClickHouse, one each. */
export const warehouses = (platform: PlatformShape): readonly string[] =>
  Object.values(platform.services)
    .filter(({ stores }) => Object.values(stores).some(({ kind }) => kind === 'clickhouse'))
    .map(({ name }) => databaseName(name))

/** The founding document's limits of one query, for everybody; a backup may take as long as it takes. */
export const clickhouseProfiles = ({ clickhouse }: ClusterEnvironment) => ({
  'default/max_memory_usage': clickhouse.maxMemoryUsageBytes,
  'default/max_execution_time': clickhouse.maxExecutionSeconds,
  'backup/max_memory_usage': clickhouse.maxMemoryUsageBytes,
  'backup/max_execution_time': 0,
})

/** Counted by the hour and shown in `system.quotas_usage`; the gateway limits, this tells who used how much. */
export const clickhouseQuotas = {
  'knowton/interval/duration': 3600,
  'knowton/interval/queries': 0,
  'knowton/interval/errors': 0,
  'knowton/interval/result_rows': 0,
  'knowton/interval/read_rows': 0,
  'knowton/interval/execution_time': 0,
}

/** The passwords, and the hashes that the servers compare with. */
export const clickhouseSecret = (environment: ClusterEnvironment): Manifest =>
  externalSecret(environment, {
    name: CLICKHOUSE_SECRET,
    namespace: environment.namespaces.data,
    component: 'clickhouse',
    from: {
      password: { entry: 'clickhouse', property: 'password' },
      backupPassword: { entry: 'clickhouse', property: 'backupPassword' },
    },
    template: {
      password_sha256_hex: '{{ .password | sha256sum }}',
      backup_password: '{{ .backupPassword }}',
      backup_password_sha256_hex: '{{ .backupPassword | sha256sum }}',
    },
  })

// the operator hands the value to the server as a variable, so it stands in no ConfigMap
const hashOf = (key: string) => ({ valueFrom: { secretKeyRef: { name: CLICKHOUSE_SECRET, key } } })
