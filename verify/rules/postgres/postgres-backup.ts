import type { Found, Loaded, Rule } from '../../types.ts'
import { isObject, objectOf, scalarText, textOf, valueAt } from '../../values.ts'
import { archives, clusters, dependentsOf, servingClusters } from './clusters.ts'

/** A log without a base to apply it to restores nothing. */
export const postgresBackupMissing: Rule = {
  id: 'postgres-backup-missing',
  severity: 'error',
  about: 'Every PostgreSQL cluster has base backups and an archive of its write-ahead log.',
  check: (world) =>
    servingClusters(world).flatMap((cluster): readonly Found[] => {
      const { object } = cluster
      const isScheduled = dependentsOf(world, 'ScheduledBackup', cluster).length > 0
      if (isScheduled && archives(cluster)) return []
      if (archives(cluster))
        return [
          {
            on: object,
            path: isObject(cluster.spec.backup) ? 'spec.backup' : 'spec.plugins',
            says: 'Nothing can be restored: only the write-ahead log is archived, which is useless without a base backup, and no ScheduledBackup makes one.',
            fix: 'Declare a ScheduledBackup of this cluster.',
          },
        ]
      return [
        {
          on: object,
          path: 'spec',
          says: isScheduled
            ? 'Only the state of the last base backup can be restored: the write-ahead log is not archived.'
            : 'Whatever is deleted or lost stays lost: this cluster has no backup.',
          fix: 'Archive the log with the barman-cloud plugin (isWALArchiver) and declare a ScheduledBackup.',
        },
      ]
    }),
}

/** CloudNativePG removes its own Barman support in 1.31 (release notes of 1.30). */
export const postgresBackupRemoved: Rule = {
  id: 'postgres-backup-removed',
  severity: 'warning',
  about: 'No PostgreSQL cluster is backed up by a part of CloudNativePG that version 1.31 removes.',
  check: (world) =>
    clusters(world)
      .filter(({ spec }) => isObject(valueAt(spec, 'backup.barmanObjectStore')))
      .map(({ object }) => ({
        on: object,
        path: 'spec.backup.barmanObjectStore',
        says: 'Backups and the archive will stop with CloudNativePG 1.31, which removes barmanObjectStore.',
        fix: 'Declare an ObjectStore and use the plugin barman-cloud.cloudnative-pg.io.',
      })),
}

/** CloudNativePG's schedules have six fields and begin with seconds. */
export const postgresScheduleFields: Rule = {
  id: 'postgres-schedule-fields',
  severity: 'error',
  about: 'Every ScheduledBackup has a schedule of six fields, the first of them seconds.',
  check: (world) =>
    world
      .ofKind('ScheduledBackup', 'postgresql.cnpg.io')
      .filter(({ manifest }) => textOf(objectOf(manifest.spec).schedule)?.trim().split(/\s+/).length === 5)
      .map((object) => ({
        on: object,
        path: 'spec.schedule',
        says: `Backups will not run when "${textOf(objectOf(object.manifest.spec).schedule)}" seems to say: the schedules of CloudNativePG begin with seconds and have six fields.`,
        fix: 'Put a 0 for the seconds in front.',
      })),
}

/** Keys that never change, where the cloud would give ones that do. */
export const postgresStaticKeys: Rule = {
  id: 'postgres-static-keys',
  severity: 'warning',
  about: 'No backup of PostgreSQL uses cloud keys that do not expire.',
  check: (world) => [
    ...clusters(world).flatMap(({ object }) => staticKeys(object, 'spec.backup.barmanObjectStore')),
    ...world.ofKind('ObjectStore', 'barmancloud.cnpg.io').flatMap((store) => staticKeys(store, 'spec.configuration')),
  ],
}

const staticKeyFields = [
  's3Credentials.accessKeyId',
  'azureCredentials.storageKey',
  'azureCredentials.connectionString',
  'googleCredentials.applicationCredentials',
] as const

const staticKeys = (on: Loaded, path: string) => {
  const store = objectOf(valueAt(on.manifest, path))
  // an object store of one's own has no roles to assume
  if (scalarText(store.endpointURL) !== undefined) return []
  return staticKeyFields
    .filter((field) => isObject(valueAt(store, field)))
    .map((field) => ({
      on,
      path: `${path}.${field}`,
      says: 'Whoever once reads this key can read and delete all backups until somebody changes it: it does not expire.',
      fix: 'Use inheritFromIAMRole (or gkeEnvironment, inheritFromAzureAD) with a role of the service account.',
    }))
}
