import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from './cluster-environment.ts'
import { names } from './names.ts'

/** Who of the platform speaks to the cloud itself. At most 11 characters: `knowton-production-<name>` is a Google account id. */
export const cloudIdentityNames = ['postgres', 'clickhouse', 'weaviate', 'works', 'models'] as const
export type CloudIdentityName = (typeof cloudIdentityNames)[number]

/** A role of the cloud, the ServiceAccounts that may take it on, and the one bucket that it opens. */
export type CloudIdentity = {
  readonly name: CloudIdentityName
  readonly namespace: string
  readonly serviceAccounts: readonly string[]
  readonly bucket: keyof ClusterEnvironment['objectStore']['buckets']
  /** Keys below this prefix only; empty = the whole bucket. */
  readonly prefix: string
  readonly access: 'read' | 'read-write'
}

/** Every role that an installation needs in its cloud; none where the object store has keys of its own. */
export const cloudIdentities = (platform: PlatformShape, environment: ClusterEnvironment): readonly CloudIdentity[] => {
  if (environment.objectStore.endpoint !== undefined) return []
  const { apps, data } = environment.namespaces
  const backups = (
    name: 'postgres' | 'clickhouse' | 'weaviate',
    ...serviceAccounts: readonly string[]
  ): CloudIdentity => ({
    name,
    namespace: data,
    serviceAccounts,
    bucket: 'backups',
    prefix: `${name}/`,
    access: 'read-write',
  })
  return [
    backups('postgres', names.postgres, names.postgresDrill),
    backups('clickhouse', names.clickhouse),
    backups('weaviate', names.weaviate),
    {
      name: 'works',
      namespace: apps,
      serviceAccounts: Object.values(platform.services)
        .filter(({ stores }) => Object.values(stores).some(({ kind }) => kind === 'files'))
        .map(({ name }) => name),
      bucket: 'works',
      prefix: '',
      access: 'read-write',
    },
    {
      name: 'models',
      namespace: apps,
      serviceAccounts: [names.inference],
      bucket: 'models',
      prefix: '',
      access: 'read',
    },
  ]
}

/** The role's name in the cloud. */
export const cloudRoleName = (environment: ClusterEnvironment, name: string): string =>
  `knowton-${environment.name}-${name}`

/** What a ServiceAccount carries so that its pods take on the role; nothing where the cloud is not asked. */
export const serviceAccountAnnotations = (
  environment: ClusterEnvironment,
  name: string,
): Readonly<Record<string, string>> => {
  const { cloud } = environment
  switch (cloud.kind) {
    case 'eks':
      return { 'eks.amazonaws.com/role-arn': `arn:aws:iam::${cloud.account}:role/${cloudRoleName(environment, name)}` }
    case 'gke':
      return {
        'iam.gke.io/gcp-service-account': `${cloudRoleName(environment, name)}@${cloud.project}.iam.gserviceaccount.com`,
      }
    case 'aks': {
      const clientId = cloud.clientIds[name]
      return clientId === undefined ? {} : { 'azure.workload.identity/client-id': clientId }
    }
    case 'kind':
      return {}
  }
}

/** Labels of pods that take on a role: Azure's webhook acts on labelled pods only. */
export const cloudPodLabels = (environment: ClusterEnvironment): Readonly<Record<string, string>> =>
  environment.cloud.kind === 'aks' ? { 'azure.workload.identity/use': 'true' } : {}
