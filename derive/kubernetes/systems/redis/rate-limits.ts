import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { labelsOf, type Manifest, NEVER_PRUNED } from '../../manifest.ts'
import { serverCertificate } from '../../parts/certificate.ts'
import { antiAffinityOf, placement, spread } from '../../parts/pod.ts'
import { claimTemplate } from '../../parts/volumes.ts'
import { REDIS } from './names.ts'
import { podNames } from './pod-names.ts'
import { commonSpec, redisConfig, redisContainerSecurity, redisSecret } from './settings.ts'

const SECRET = 'rate-limits-credentials'
const TLS = 'knowton-rate-limits-tls'
const CONFIG = 'knowton-rate-limits-config'

/** Counts requests for all replicas of the gateway, which cannot speak to a cluster; none where each counts for itself. */
export const rateLimits = (environment: ClusterEnvironment): readonly Manifest[] => {
  if (environment.gateway.rateLimits === 'local') return []
  const { namespaces, redis } = environment
  const { replicas, resources, storage } = redis.rateLimits
  return [
    redisSecret(environment, SECRET, 'rate-limits'),
    serverCertificate({
      name: TLS,
      namespace: namespaces.data,
      component: 'redis',
      dnsNames: podNames(namespaces.data, replicas, [REDIS.names.rateLimits]),
      alsoClient: true,
    }),
    // the image turns TLS between replicas on for clusters only
    redisConfig(environment, CONFIG, ['tls-replication yes', 'maxmemory-policy volatile-ttl', 'tcp-keepalive 60']),
    {
      apiVersion: 'redis.redis.opstreelabs.in/v1beta2',
      kind: 'RedisReplication',
      metadata: {
        name: REDIS.names.rateLimits,
        namespace: namespaces.data,
        labels: labelsOf('redis', REDIS.names.rateLimits),
        annotations: NEVER_PRUNED,
      },
      spec: {
        clusterSize: replicas,
        ...commonSpec(environment, { resources, secret: SECRET, tls: TLS, config: CONFIG }),
        pdb: { enabled: true, maxUnavailable: 1 },
        securityContext: redisContainerSecurity(),
        terminationGracePeriodSeconds: 60,
        ...placement(environment, 'data'),
        ...spread(REDIS.pods.rateLimits, antiAffinityOf(environment)),
        storage: { keepAfterDelete: true, volumeClaimTemplate: claimTemplate(storage) },
      },
    },
  ]
}
