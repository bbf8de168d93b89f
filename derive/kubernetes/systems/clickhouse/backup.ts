import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { containerSecurity, resourcesOf } from '../../parts/pod.ts'
import { clickhouseBackupStore, type EnvVar, trustOwnStore } from '../object-store/access.ts'
import { TLS_FOLDER, tlsMount } from './tls.ts'
import { BACKUP_USER, CLICKHOUSE_SECRET } from './users.ts'

const API_PORT = 7171

/**
 * The backup server beside each server: a whole backup every week, the difference every day. Each replica sends its own,
 * so that neither waits for the other; nobody else can reach its port.
 */
export const backupContainer = (environment: ClusterEnvironment) => ({
  name: 'clickhouse-backup',
  image: environment.images['clickhouse-backup'],
  imagePullPolicy: 'IfNotPresent',
  command: ['clickhouse-backup', 'server', '--watch'],
  env: [
    ...plain({
      LOG_LEVEL: 'info',
      CLICKHOUSE_HOST: 'localhost',
      CLICKHOUSE_PORT: '9440',
      CLICKHOUSE_SECURE: 'true',
      CLICKHOUSE_TLS_CA: `${TLS_FOLDER}/ca.crt`,
      CLICKHOUSE_USERNAME: BACKUP_USER,
      CLICKHOUSE_SKIP_TABLES: 'system.*,INFORMATION_SCHEMA.*,information_schema.*',
      WATCH_INTERVAL: '24h',
      FULL_INTERVAL: '168h',
      BACKUPS_TO_KEEP_LOCAL: '-1',
      BACKUPS_TO_KEEP_REMOTE: String(environment.clickhouse.backupsKept),
      API_LISTEN: `0.0.0.0:${API_PORT}`,
      API_ENABLE_METRICS: 'true',
      API_CREATE_INTEGRATION_TABLES: 'false',
    }),
    { name: 'CLICKHOUSE_PASSWORD', valueFrom: { secretKeyRef: { name: CLICKHOUSE_SECRET, key: 'backup_password' } } },
    ...clickhouseBackupStore(environment),
    ...trustOwnStore(environment),
  ],
  ports: [{ name: 'backup', containerPort: API_PORT, protocol: 'TCP' }],
  startupProbe: { tcpSocket: { port: 'backup' }, periodSeconds: 5, failureThreshold: 60 },
  readinessProbe: { httpGet: { path: '/backup/status', port: 'backup' }, periodSeconds: 30, timeoutSeconds: 5 },
  livenessProbe: { httpGet: { path: '/', port: 'backup' }, periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 5 },
  resources: resourcesOf(environment.clickhouse.backup),
  securityContext: containerSecurity(),
  volumeMounts: [
    { name: 'data-volume', mountPath: '/var/lib/clickhouse' },
    tlsMount,
    { name: 'backup-tmp', mountPath: '/tmp' },
  ],
})

const plain = (values: Readonly<Record<string, string>>): readonly EnvVar[] =>
  Object.entries(values).map(([name, value]) => ({ name, value }))
