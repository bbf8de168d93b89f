/** An API version that is served no more. */
type Removed = {
  /** The first release that does not serve it; of Kubernetes unless `by` says of what. */
  readonly since: string
  readonly by?: string
  readonly instead: string
}

const kubernetes = (since: string, instead: string): Removed => ({ since, instead })

/**
 * Versions that are gone, by `group/version` or `group/version/Kind`: the Kubernetes deprecation guide
 * (kubernetes.io/docs/reference/using-api/deprecation-guide) and the operators' change logs.
 */
const removed: Readonly<Record<string, Removed>> = {
  'extensions/v1beta1/Ingress': kubernetes('1.22', 'networking.k8s.io/v1'),
  'extensions/v1beta1/NetworkPolicy': kubernetes('1.16', 'networking.k8s.io/v1'),
  'extensions/v1beta1/PodSecurityPolicy': kubernetes('1.16', 'Pod Security labels on the namespaces'),
  'extensions/v1beta1': kubernetes('1.16', 'apps/v1'),
  'apps/v1beta1': kubernetes('1.16', 'apps/v1'),
  'apps/v1beta2': kubernetes('1.16', 'apps/v1'),
  'batch/v2alpha1': kubernetes('1.21', 'batch/v1'),
  'batch/v1beta1': kubernetes('1.25', 'batch/v1'),
  'policy/v1beta1/PodSecurityPolicy': kubernetes('1.25', 'Pod Security labels on the namespaces'),
  'policy/v1beta1': kubernetes('1.25', 'policy/v1'),
  'autoscaling/v2beta1': kubernetes('1.25', 'autoscaling/v2'),
  'autoscaling/v2beta2': kubernetes('1.26', 'autoscaling/v2'),
  'networking.k8s.io/v1beta1': kubernetes('1.22', 'networking.k8s.io/v1'),
  'rbac.authorization.k8s.io/v1alpha1': kubernetes('1.22', 'rbac.authorization.k8s.io/v1'),
  'rbac.authorization.k8s.io/v1beta1': kubernetes('1.22', 'rbac.authorization.k8s.io/v1'),
  'scheduling.k8s.io/v1beta1': kubernetes('1.22', 'scheduling.k8s.io/v1'),
  'storage.k8s.io/v1beta1/CSIStorageCapacity': kubernetes('1.27', 'storage.k8s.io/v1'),
  'storage.k8s.io/v1beta1': kubernetes('1.22', 'storage.k8s.io/v1'),
  'admissionregistration.k8s.io/v1beta1': kubernetes('1.22', 'admissionregistration.k8s.io/v1'),
  'apiextensions.k8s.io/v1beta1': kubernetes('1.22', 'apiextensions.k8s.io/v1'),
  'apiregistration.k8s.io/v1beta1': kubernetes('1.22', 'apiregistration.k8s.io/v1'),
  'certificates.k8s.io/v1beta1': kubernetes('1.22', 'certificates.k8s.io/v1'),
  'coordination.k8s.io/v1beta1/Lease': kubernetes('1.22', 'coordination.k8s.io/v1'),
  'discovery.k8s.io/v1beta1': kubernetes('1.25', 'discovery.k8s.io/v1'),
  'events.k8s.io/v1beta1': kubernetes('1.25', 'events.k8s.io/v1'),
  'node.k8s.io/v1beta1': kubernetes('1.25', 'node.k8s.io/v1'),
  'flowcontrol.apiserver.k8s.io/v1beta1': kubernetes('1.26', 'flowcontrol.apiserver.k8s.io/v1'),
  'flowcontrol.apiserver.k8s.io/v1beta2': kubernetes('1.29', 'flowcontrol.apiserver.k8s.io/v1'),
  'flowcontrol.apiserver.k8s.io/v1beta3': kubernetes('1.32', 'flowcontrol.apiserver.k8s.io/v1'),
  'kafka.strimzi.io/v1alpha1': { since: '1.0.0', by: 'Strimzi', instead: 'kafka.strimzi.io/v1' },
  'kafka.strimzi.io/v1beta1': { since: '1.0.0', by: 'Strimzi', instead: 'kafka.strimzi.io/v1' },
  'kafka.strimzi.io/v1beta2': { since: '1.0.0', by: 'Strimzi', instead: 'kafka.strimzi.io/v1' },
  'redis.redis.opstreelabs.in/v1beta1': {
    since: '0.20.0',
    by: 'the Redis operator',
    instead: 'redis.redis.opstreelabs.in/v1beta2',
  },
  'external-secrets.io/v1alpha1': { since: '0.11.0', by: 'External Secrets', instead: 'external-secrets.io/v1' },
  'external-secrets.io/v1beta1': { since: '0.17.0', by: 'External Secrets', instead: 'external-secrets.io/v1' },
  'cert-manager.io/v1alpha2': { since: '1.6', by: 'cert-manager', instead: 'cert-manager.io/v1' },
  'cert-manager.io/v1alpha3': { since: '1.6', by: 'cert-manager', instead: 'cert-manager.io/v1' },
  'cert-manager.io/v1beta1': { since: '1.6', by: 'cert-manager', instead: 'cert-manager.io/v1' },
  'gateway.networking.k8s.io/v1alpha2/HTTPRoute': {
    since: '1.0.0',
    by: 'the Gateway API',
    instead: 'gateway.networking.k8s.io/v1',
  },
}

const isAtLeast = (version: string, since: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [sinceMajor = 0, sinceMinor = 0] = since.split('.').map(Number)
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor)
}

/** How an API version came to be gone where Kubernetes is `kubernetesVersion`; undefined when it is not known to be. */
export const removedVersion = (
  group: string,
  version: string,
  kind: string,
  kubernetesVersion: string,
): Removed | undefined => {
  const found = removed[`${group}/${version}/${kind}`] ?? removed[`${group}/${version}`]
  if (found === undefined) return undefined
  return found.by !== undefined || isAtLeast(kubernetesVersion, found.since) ? found : undefined
}
