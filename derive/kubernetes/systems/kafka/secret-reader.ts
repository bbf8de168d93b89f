import type { PlatformShape } from '@knowton/core'
import { systemsOf } from '../../../edges.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Component, labelsOf, type Manifest } from '../../manifest.ts'
import { KAFKA } from './names.ts'

/** The store of secrets that reads the data namespace: what operators made there and the services need. */
export const DATA_SECRET_STORE = 'knowton-data'

const NAME = 'kafka-access'
const READER = 'secret-reader'

/** Lets External Secrets copy the certificates of the services' Kafka users, and of the brokers, and nothing else. */
export const kafkaAccess = (platform: PlatformShape, environment: ClusterEnvironment): readonly Component[] => {
  const users = Object.values(platform.services).filter((service) => systemsOf(service).includes('kafka'))
  if (users.length === 0) return []
  const secrets = [`${KAFKA.names.cluster}-cluster-ca-cert`, ...users.map(({ name }) => name)]
  return [
    {
      name: NAME,
      group: 'apps',
      files: {
        'secret-store': [serviceAccount(environment), secretStore(environment)],
        rbac: [role(environment, secrets), roleBinding(environment)],
      },
    },
  ]
}

const serviceAccount = ({ namespaces }: ClusterEnvironment): Manifest => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: READER, namespace: namespaces.apps, labels: labelsOf(NAME) },
  automountServiceAccountToken: false,
})

const secretStore = ({ namespaces }: ClusterEnvironment): Manifest => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'SecretStore',
  metadata: { name: DATA_SECRET_STORE, namespace: namespaces.apps, labels: labelsOf(NAME) },
  spec: {
    provider: {
      kubernetes: {
        remoteNamespace: namespaces.data,
        server: { caProvider: { type: 'ConfigMap', name: 'kube-root-ca.crt', key: 'ca.crt' } },
        auth: { serviceAccount: { name: READER } },
      },
    },
  },
})

const role = ({ namespaces }: ClusterEnvironment, secrets: readonly string[]): Manifest => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: { name: READER, namespace: namespaces.data, labels: labelsOf(NAME) },
  rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: secrets, verbs: ['get'] }],
})

const roleBinding = ({ namespaces }: ClusterEnvironment): Manifest => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: READER, namespace: namespaces.data, labels: labelsOf(NAME) },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: READER },
  subjects: [{ kind: 'ServiceAccount', name: READER, namespace: namespaces.apps }],
})
