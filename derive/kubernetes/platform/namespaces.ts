import type { ClusterEnvironment } from '../cluster-environment.ts'
import { type Component, labelsOf, type Manifest, NEVER_PRUNED } from '../manifest.ts'

/** Where one machine keeps what a cloud's secret manager keeps elsewhere. */
export const LOCAL_SECRETS_NAMESPACE = 'knowton-secrets'

/** The namespaces with Pod Security enforced at its strictest, at a version of its own so that an upgrade changes nothing. */
export const namespaces = (environment: ClusterEnvironment): Component => {
  const { apps, data, monitoring } = environment.namespaces
  return {
    name: 'namespaces',
    group: 'platform',
    files: {
      [apps]: ours(environment, apps, {}),
      [data]: ours(environment, data, { purpose: 'data-layer' }),
      [monitoring]: ours(environment, monitoring, { purpose: 'observability' }),
      ...(environment.cloud.kind === 'kind'
        ? { [LOCAL_SECRETS_NAMESPACE]: [namespace(environment, LOCAL_SECRETS_NAMESPACE, { purpose: 'secrets' })] }
        : {}),
    },
  }
}

const ours = (environment: ClusterEnvironment, name: string, labels: Labels): readonly Manifest[] => [
  namespace(environment, name, labels),
  defaultServiceAccount(name),
]

type Labels = Readonly<Record<string, string>>

const namespace = (environment: ClusterEnvironment, name: string, labels: Labels): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name,
    labels: {
      ...labelsOf('namespaces', name),
      environment: environment.name,
      ...labels,
      ...Object.fromEntries(
        ['enforce', 'audit', 'warn'].flatMap((mode) => [
          [`pod-security.kubernetes.io/${mode}`, 'restricted'],
          [`pod-security.kubernetes.io/${mode}-version`, `v${environment.kubernetesVersion}`],
        ]),
      ),
    },
    annotations: NEVER_PRUNED,
  },
})

/** Pods that name no account get one that may do nothing and has no token. */
const defaultServiceAccount = (name: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'default', namespace: name, labels: labelsOf('namespaces', 'default') },
  automountServiceAccountToken: false,
})
