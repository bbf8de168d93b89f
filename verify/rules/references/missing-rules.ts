import type { Rule } from '../../types.ts'
import { effectOnPods, missing } from './missing.ts'

const list = 'or list it as external if it is made elsewhere'

/** Names that the storage of common clusters has without being asked. */
const usualStorage = new Set([
  ...['standard', 'gp2', 'standard-rwo', 'premium-rwo', 'default', 'managed-csi', 'managed-csi-premium'],
  ...['local-path', 'hostpath'],
])

export const secretMissing: Rule = missing({
  id: 'secret-missing',
  about: 'Every Secret that is named exists or will be made.',
  kinds: ['Secret'],
  fix: `Add an ExternalSecret or a Certificate that makes it, correct the name, ${list}.`,
  effect: effectOnPods,
})

export const configMapMissing: Rule = missing({
  id: 'configmap-missing',
  about: 'Every ConfigMap that is named exists or will be made.',
  kinds: ['ConfigMap'],
  fix: `Add the ConfigMap, correct the name, ${list}.`,
  effect: effectOnPods,
})

export const serviceAccountMissing: Rule = missing({
  id: 'service-account-missing',
  about: 'Every ServiceAccount that is named exists or will be made.',
  kinds: ['ServiceAccount'],
  fix: `Add the ServiceAccount, correct the name, ${list}.`,
  effect: ({ path }) =>
    path.startsWith('subjects')
      ? 'the binding gives its rights to nobody'
      : 'no pod will be created ("serviceaccount not found")',
})

export const storageClassMissing: Rule = missing({
  id: 'storage-class-missing',
  about: 'Every StorageClass that is named exists.',
  kinds: ['StorageClass'],
  fix: `Add the StorageClass with its CSI provisioner, correct the name, ${list}.`,
  effect: () => 'the claim will stay Pending and so will its pods',
  isUsual: ({ name }) => usualStorage.has(name),
})

export const priorityClassMissing: Rule = missing({
  id: 'priority-class-missing',
  about: 'Every PriorityClass that is named exists.',
  kinds: ['PriorityClass'],
  fix: `Add the PriorityClass, correct the name, ${list}.`,
  effect: () => 'its pods will be refused ("no PriorityClass with name … was found")',
})

export const issuerMissing: Rule = missing({
  id: 'issuer-missing',
  about: 'Every issuer that a Certificate names exists.',
  kinds: ['Issuer', 'ClusterIssuer'],
  fix: `Add the issuer, correct its name or kind, ${list}.`,
  effect: () => 'the certificate will never be issued and its Secret never appear',
})

export const storeMissing: Rule = missing({
  id: 'store-missing',
  about: 'Every store that an ExternalSecret names exists.',
  kinds: ['SecretStore', 'ClusterSecretStore'],
  fix: `Add the store, correct its name or kind, ${list}.`,
  effect: () => 'its Secret will never be made',
})

export const kafkaClusterMissing: Rule = missing({
  id: 'kafka-cluster-missing',
  about: 'Every topic, user and node pool names a Kafka cluster of its own namespace.',
  kinds: ['Kafka'],
  fix: 'Set the label strimzi.io/cluster to a Kafka object of the same namespace.',
  effect: () => 'Strimzi will ignore the object',
})

export const objectStoreMissing: Rule = missing({
  id: 'object-store-missing',
  about: 'Every ObjectStore that a PostgreSQL cluster names exists.',
  kinds: ['ObjectStore'],
  fix: 'Add the ObjectStore to the namespace of the cluster, or correct barmanObjectName.',
  effect: () => 'WAL will not be archived and there will be no backup',
})

export const roleMissing: Rule = missing({
  id: 'role-missing',
  about: 'Every role that a binding names exists.',
  kinds: ['Role', 'ClusterRole'],
  fix: `Add the role, correct its name or kind, ${list}.`,
  effect: () => 'the binding gives no rights at all',
  isUsual: ({ kind, name }) => kind === 'ClusterRole' && name.startsWith('system:'),
})

export const objectMissing: Rule = missing({
  id: 'object-missing',
  about: 'Every object that a custom resource names exists.',
  kinds: [
    ...['Cluster', 'ImageCatalog', 'ClusterImageCatalog', 'ClickHouseKeeperInstallation', 'RedisReplication'],
    ...['TriggerAuthentication', 'ClusterTriggerAuthentication', 'AlertmanagerConfig', 'KongPlugin'],
    ...['PersistentVolume'],
  ],
  fix: `Add the object, correct the name, ${list}.`,
  effect: () => 'its operator will wait for it',
})
