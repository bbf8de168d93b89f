import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import type { Component } from '../../manifest.ts'
import { backupStore, scheduledBackup } from './backup.ts'
import { postgresCluster } from './cluster.ts'
import { pooler } from './pooler.ts'
import { databases, rolePasswords } from './roles.ts'

/** PostgreSQL: the cluster, its pooler and backups, and a database with its owner for each service that keeps rows. */
export const postgresComponent = (platform: PlatformShape, environment: ClusterEnvironment): Component => ({
  name: 'postgres',
  group: 'data',
  files: {
    secrets: rolePasswords(platform, environment),
    backup: [...backupStore(environment), scheduledBackup(environment)],
    cluster: [postgresCluster(platform, environment)],
    databases: databases(platform, environment),
    pooler: pooler(platform, environment),
  },
})
