import type { IConfigMap } from 'kubernetes-models/v1'
import type { ClusterEnvironment, Resources } from '../../cluster-environment.ts'
import { labelsOf } from '../../manifest.ts'
import { CRITICAL_PRIORITY, containerSecurity, podSecurity, resourcesOf } from '../../parts/pod.ts'
import { externalSecret } from '../../secrets/external-secret.ts'

/** The number that the operator's image of Redis runs as. */
const REDIS_UID = 1000

/** The part of a limit of memory that values may fill; copies while writing to disk need the rest. */
const MEMORY_PERCENT = 70

/** Nodes of a cluster keep what they know of one another in a file of its own; it is small. */
export const NODE_CONF_STORAGE = '1Gi'

/** The Secret with `password`. */
export const redisSecret = (environment: ClusterEnvironment, name: string, entry: 'redis' | 'rate-limits') =>
  externalSecret(environment, {
    name,
    namespace: environment.namespaces.data,
    component: 'redis',
    from: { password: { entry, property: 'password' } },
  })

/** Lines of redis.conf that the operator has no field for. */
export const redisConfig = (environment: ClusterEnvironment, name: string, lines: readonly string[]) =>
  ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: environment.namespaces.data, labels: labelsOf('redis', name) },
    data: { 'redis-additional.conf': `${lines.join('\n')}\n` },
  }) satisfies IConfigMap

/** What both kinds of Redis are told alike: image, password, TLS, memory, metrics, who they run as. */
export const commonSpec = (
  environment: ClusterEnvironment,
  wanted: { readonly resources: Resources; readonly secret: string; readonly tls: string; readonly config: string },
) => ({
  kubernetesConfig: {
    image: environment.images.redis,
    imagePullPolicy: 'IfNotPresent',
    resources: resourcesOf(wanted.resources),
    redisSecret: { name: wanted.secret, key: 'password' },
    updateStrategy: { type: 'RollingUpdate' },
  },
  redisConfig: { additionalRedisConfig: wanted.config, maxMemoryPercentOfLimit: MEMORY_PERCENT },
  TLS: { ca: 'ca.crt', cert: 'tls.crt', key: 'tls.key', secret: { secretName: wanted.tls, defaultMode: 0o440 } },
  redisExporter: {
    enabled: true,
    image: environment.images['redis-exporter'],
    imagePullPolicy: 'IfNotPresent',
    resources: resourcesOf(environment.redis.exporter, '64Mi'),
    securityContext: containerSecurity(),
  },
  podSecurityContext: podSecurity(REDIS_UID),
  priorityClassName: CRITICAL_PRIORITY,
})

/** The image writes its settings to /etc/redis at every start, beside the file they begin from: its root stays writable. */
export const redisContainerSecurity = () => ({ ...containerSecurity(), readOnlyRootFilesystem: false })
