import type { PlatformShape } from '@knowton/core'
import { databasePlans, EVENT_READERS } from '../../../plan/databases.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { labelsOf, type Manifest, NEVER_PRUNED } from '../../manifest.ts'
import { postgresEntry } from '../../secrets/entries.ts'
import { externalSecret } from '../../secrets/external-secret.ts'
import { POSTGRES } from './names.ts'

/** A role as CloudNativePG keeps it. */
export type ManagedRole = {
  readonly name: string
  readonly ensure: 'present'
  readonly comment: string
  readonly login: boolean
  readonly inRoles?: readonly string[]
  readonly passwordSecret?: { readonly name: string }
}

/** The group of those that read event logs, and a role for each service that keeps rows. */
export const managedRoles = (platform: PlatformShape): readonly ManagedRole[] => {
  const plans = databasePlans(platform)
  const readers = new Set(plans.flatMap((plan) => plan.readers))
  return [
    { name: EVENT_READERS, ensure: 'present', comment: 'May read event logs.', login: false },
    ...plans.map(
      ({ role, service }): ManagedRole => ({
        name: role,
        ensure: 'present',
        comment: `Owns the database of ${service}.`,
        login: true,
        ...(readers.has(role) ? { inRoles: [EVENT_READERS] } : {}),
        passwordSecret: { name: postgresEntry(role) },
      }),
    ),
  ]
}

/** A database for each service that keeps rows; taking the object away leaves the database. */
export const databases = (platform: PlatformShape, { namespaces }: ClusterEnvironment): readonly Manifest[] =>
  databasePlans(platform).map(({ service, database, role }) => ({
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Database',
    metadata: {
      name: service,
      namespace: namespaces.data,
      labels: labelsOf('postgres', service),
      annotations: NEVER_PRUNED,
    },
    spec: {
      cluster: { name: POSTGRES.names.cluster },
      name: database,
      owner: role,
      ensure: 'present',
      databaseReclaimPolicy: 'retain',
    },
  }))

/** The passwords of the roles; the operator sets a new one as soon as the Secret changes. */
export const rolePasswords = (platform: PlatformShape, environment: ClusterEnvironment): readonly Manifest[] =>
  databasePlans(platform).map(({ role }) =>
    externalSecret(environment, {
      name: postgresEntry(role),
      namespace: environment.namespaces.data,
      component: 'postgres',
      type: 'kubernetes.io/basic-auth',
      from: {
        username: { entry: postgresEntry(role), property: 'username' },
        password: { entry: postgresEntry(role), property: 'password' },
      },
      secretLabels: { 'cnpg.io/reload': 'true' },
    }),
  )
