import type {
  IClusterRole,
  IClusterRoleBinding,
  IRole,
  IRoleBinding,
} from 'kubernetes-models/rbac.authorization.k8s.io/v1'
import type { IServiceAccount } from 'kubernetes-models/v1'
import { labelsOf, type Manifest } from '../../manifest.ts'
import { PROMETHEUS_SERVICE } from '../../monitoring/service-names.ts'
import { monitorSpecs } from '../../targets.ts'
import type { Cluster } from '../system.ts'

const rbac = 'rbac.authorization.k8s.io'
const labels = labelsOf('prometheus')

/** Who Prometheus is, and that it may look for targets where they are and read what nodes measure; nothing else. */
export const access = (cluster: Cluster): readonly Manifest[] => {
  const { namespaces } = cluster.environment
  const found = new Set([
    ...Object.values(namespaces),
    ...monitorSpecs(cluster).map(({ namespace }) => namespace),
    'kube-system',
  ])
  return [
    account(namespaces.monitoring),
    ...onNodes(namespaces.monitoring),
    ...[...found].flatMap((namespace) => inNamespace(namespace, namespaces.monitoring)),
  ]
}

const account = (monitoring: string) =>
  ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: PROMETHEUS_SERVICE, namespace: monitoring, labels: { ...labels } },
    automountServiceAccountToken: false,
  }) satisfies IServiceAccount

const subjects = (monitoring: string) => [{ kind: 'ServiceAccount', name: PROMETHEUS_SERVICE, namespace: monitoring }]

const onNodes = (monitoring: string): readonly Manifest[] => {
  const name = `${monitoring}-prometheus`
  return [
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRole',
      metadata: { name, labels: { ...labels } },
      rules: [{ apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] }],
    } satisfies IClusterRole,
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name, labels: { ...labels } },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
      subjects: subjects(monitoring),
    } satisfies IClusterRoleBinding,
  ]
}

const inNamespace = (namespace: string, monitoring: string): readonly Manifest[] => {
  const metadata = { name: PROMETHEUS_SERVICE, namespace, labels: { ...labels } }
  const verbs = ['get', 'list', 'watch']
  return [
    {
      apiVersion: `${rbac}/v1`,
      kind: 'Role',
      metadata,
      rules: [
        { apiGroups: [''], resources: ['pods', 'services', 'endpoints'], verbs },
        { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs },
      ],
    } satisfies IRole,
    {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: rbac, kind: 'Role', name: PROMETHEUS_SERVICE },
      subjects: subjects(monitoring),
    } satisfies IRoleBinding,
  ]
}
