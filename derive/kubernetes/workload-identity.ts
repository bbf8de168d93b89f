import type { ClusterEnvironment } from './cluster-environment.ts'
import type { CloudIdentity, Cluster } from './systems/system.ts'

/** Every role that an installation needs in its cloud; none where the object store has keys of its own. */
export const cloudIdentities = (cluster: Cluster): readonly CloudIdentity[] =>
  cluster.environment.objectStore.endpoint === undefined
    ? cluster.systems.flatMap((system) => system.identities(cluster))
    : []

/** The role that a system writes its backups with, each below a prefix of its own. */
export const backupIdentity = (
  name: string,
  { namespaces }: ClusterEnvironment,
  ...serviceAccounts: readonly string[]
): CloudIdentity => ({
  name,
  namespace: namespaces.data,
  serviceAccounts,
  bucket: 'backups',
  prefix: `${name}/`,
  access: 'read-write',
})

/** The annotations of a ServiceAccount that takes on one of the roles, if it does. */
export const identityAnnotations = (
  environment: ClusterEnvironment,
  identities: readonly CloudIdentity[],
  serviceAccount: string,
): { readonly annotations?: Record<string, string> } => {
  const role = identities.find(({ serviceAccounts }) => serviceAccounts.includes(serviceAccount))
  return role === undefined || environment.objectStore.endpoint !== undefined
    ? {}
    : { annotations: { ...serviceAccountAnnotations(environment, role.name) } }
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
