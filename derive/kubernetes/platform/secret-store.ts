import type { ClusterEnvironment } from '../cluster-environment.ts'
import { operatorNamespaces } from '../flows/peers.ts'
import { type Component, labelsOf, type Manifest } from '../manifest.ts'
import { names } from '../names.ts'
import { secretEntries, secretEntryName } from '../secrets/entries.ts'
import type { Cluster } from '../systems/system.ts'
import { serviceAccountAnnotations } from '../workload-identity.ts'
import { LOCAL_SECRETS_NAMESPACE } from './namespaces.ts'

/** The role of the cloud that may read the entries of this installation, and the account that takes it on. */
export const SECRETS_IDENTITY = 'secrets'
export const SECRETS_SERVICE_ACCOUNT = 'knowton-secrets'

/** The name of the cluster in its cloud. */
export const clusterName = (environment: Pick<ClusterEnvironment, 'name'>): string => `knowton-${environment.name}`

/** Where External Secrets reads from: the cloud's secret manager, or a namespace of its own on one machine. */
export const secretStore = (cluster: Cluster): Component => {
  const { environment } = cluster
  return {
    name: 'secret-store',
    group: 'platform',
    files: {
      'service-account': [
        {
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: {
            name: SECRETS_SERVICE_ACCOUNT,
            namespace: operatorNamespaces.secrets,
            labels: labelsOf('secret-store'),
            ...annotated(serviceAccountAnnotations(environment, SECRETS_IDENTITY)),
          },
          automountServiceAccountToken: false,
        },
      ],
      ...(environment.cloud.kind === 'kind' ? { role: localRole(cluster) } : {}),
      'cluster-secret-store': [
        {
          apiVersion: 'external-secrets.io/v1',
          kind: 'ClusterSecretStore',
          metadata: { name: names.secretStore, labels: labelsOf('secret-store') },
          spec: {
            // no other namespace of the cluster may read what the platform keeps
            conditions: [{ namespaces: Object.values(environment.namespaces) }],
            provider: provider(environment),
          },
        },
      ],
    },
  }
}

const annotated = (annotations: Readonly<Record<string, string>>) =>
  Object.keys(annotations).length === 0 ? {} : { annotations }

const serviceAccountRef = { name: SECRETS_SERVICE_ACCOUNT, namespace: operatorNamespaces.secrets }

const provider = (environment: ClusterEnvironment) => {
  const { cloud } = environment
  switch (cloud.kind) {
    case 'eks':
      return { aws: { service: 'SecretsManager', region: cloud.region, auth: { jwt: { serviceAccountRef } } } }
    case 'gke':
      return {
        gcpsm: {
          projectID: cloud.project,
          auth: {
            workloadIdentity: {
              clusterProjectID: cloud.project,
              clusterLocation: cloud.region,
              clusterName: clusterName(environment),
              serviceAccountRef,
            },
          },
        },
      }
    case 'aks':
      return {
        azurekv: {
          authType: 'WorkloadIdentity',
          tenantId: cloud.tenant,
          vaultUrl: cloud.vaultUrl,
          serviceAccountRef,
        },
      }
    case 'kind':
      return {
        kubernetes: {
          remoteNamespace: LOCAL_SECRETS_NAMESPACE,
          server: {
            url: 'https://kubernetes.default.svc',
            caProvider: {
              type: 'ConfigMap',
              name: 'kube-root-ca.crt',
              namespace: LOCAL_SECRETS_NAMESPACE,
              key: 'ca.crt',
            },
          },
          auth: { serviceAccount: serviceAccountRef },
        },
      }
  }
}

/** Leave to read the entries of the installation by name, and not to list what else is there. */
const localRole = (cluster: Cluster): readonly Manifest[] => {
  const resourceNames = Object.keys(secretEntries(cluster))
    .map((entry) => secretEntryName(cluster.environment, entry))
    .sort()
  const metadata = { name: 'secret-reader', namespace: LOCAL_SECRETS_NAMESPACE, labels: labelsOf('secret-store') }
  return [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames, verbs: ['get'] }],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'secret-reader' },
      subjects: [{ kind: 'ServiceAccount', ...serviceAccountRef }],
    },
  ]
}
