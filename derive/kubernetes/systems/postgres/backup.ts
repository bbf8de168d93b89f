import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { labelsOf, type Manifest, NEVER_PRUNED } from '../../manifest.ts'
import { resourcesOf } from '../../parts/pod.ts'
import { barmanStore } from '../object-store/access.ts'
import { POSTGRES } from './names.ts'

/** The ObjectStore that instances archive to, and that a drill restores from. */
export const BACKUP_STORE = 'knowton-postgres-backups'

export const BARMAN_PLUGIN = 'barman-cloud.cloudnative-pg.io'

/** Archives the write-ahead log. */
export const archivePlugin = {
  name: BARMAN_PLUGIN,
  enabled: true,
  isWALArchiver: true,
  parameters: { barmanObjectName: BACKUP_STORE },
}

/** Every night at two, and once when it is applied: the log alone restores nothing. Seconds come first. */
const NIGHTLY = '0 0 2 * * *'

/** Where backups go and how long they are kept. */
export const backupStore = (environment: ClusterEnvironment): readonly Manifest[] => {
  const encryption =
    environment.cloud.kind === 'eks' && environment.objectStore.endpoint === undefined ? { encryption: 'AES256' } : {}
  return [
    {
      apiVersion: 'barmancloud.cnpg.io/v1',
      kind: 'ObjectStore',
      metadata: {
        name: BACKUP_STORE,
        namespace: environment.namespaces.data,
        labels: labelsOf('postgres'),
        annotations: NEVER_PRUNED,
      },
      spec: {
        configuration: {
          ...barmanStore(environment, 'postgres'),
          wal: { compression: 'gzip', maxParallel: 8, ...encryption },
          data: { compression: 'gzip', jobs: 2, ...encryption },
        },
        retentionPolicy: environment.postgres.backupRetention,
        instanceSidecarConfiguration: { resources: resourcesOf(environment.postgres.archiver) },
      },
    },
  ]
}

/** Base backups, taken from a replica where there is one. */
export const scheduledBackup = ({ namespaces }: ClusterEnvironment): Manifest => ({
  apiVersion: 'postgresql.cnpg.io/v1',
  kind: 'ScheduledBackup',
  metadata: { name: POSTGRES.names.cluster, namespace: namespaces.data, labels: labelsOf('postgres') },
  spec: {
    schedule: NIGHTLY,
    immediate: true,
    cluster: { name: POSTGRES.names.cluster },
    method: 'plugin',
    pluginConfiguration: { name: BARMAN_PLUGIN },
    target: 'prefer-standby',
    backupOwnerReference: 'self',
  },
})
