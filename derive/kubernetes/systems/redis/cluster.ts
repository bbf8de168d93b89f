import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { labelsOf, type Manifest, NEVER_PRUNED } from '../../manifest.ts'
import { serverCertificate } from '../../parts/certificate.ts'
import { antiAffinityOf, placement, spread } from '../../parts/pod.ts'
import { claimTemplate } from '../../parts/volumes.ts'
import { REDIS } from './names.ts'
import { podNames } from './pod-names.ts'
import { commonSpec, NODE_CONF_STORAGE, redisConfig, redisContainerSecurity, redisSecret } from './settings.ts'

const SECRET = 'redis-credentials'
const TLS = 'knowton-redis-tls'
const CONFIG = 'knowton-redis-config'

/**
 * The services' cache. `clusterSize` counts the leaders; each has one follower, so three of it are the founding
 * document's six nodes. What is stored can be made again, so the oldest gives way when memory is full.
 */
export const redisCluster = (environment: ClusterEnvironment): readonly Manifest[] => {
  const { redis, namespaces } = environment
  return [
    redisSecret(environment, SECRET, 'redis'),
    serverCertificate({
      name: TLS,
      namespace: namespaces.data,
      component: 'redis',
      dnsNames: podNames(namespaces.data, redis.leaders, [
        `${REDIS.names.cluster}-leader`,
        `${REDIS.names.cluster}-follower`,
      ]),
      alsoClient: true,
    }),
    redisConfig(environment, CONFIG, ['maxmemory-policy allkeys-lru', 'tcp-keepalive 60']),
    {
      apiVersion: 'redis.redis.opstreelabs.in/v1beta2',
      kind: 'RedisCluster',
      metadata: {
        name: REDIS.names.cluster,
        namespace: namespaces.data,
        labels: labelsOf('redis'),
        annotations: NEVER_PRUNED,
      },
      spec: {
        clusterSize: redis.leaders,
        clusterVersion: 'v7',
        persistenceEnabled: true,
        ...commonSpec(environment, { resources: redis.resources, secret: SECRET, tls: TLS, config: CONFIG }),
        redisLeader: member(environment, REDIS.pods.leader),
        redisFollower: member(environment, REDIS.pods.follower),
        storage: {
          keepAfterDelete: true,
          volumeClaimTemplate: claimTemplate(redis.storage),
          nodeConfVolume: true,
          nodeConfVolumeClaimTemplate: claimTemplate(NODE_CONF_STORAGE),
        },
      },
    },
  ]
}

const member = (environment: ClusterEnvironment, labels: Readonly<Record<string, string>>) => ({
  replicas: environment.redis.leaders,
  pdb: { enabled: true, maxUnavailable: 1 },
  securityContext: redisContainerSecurity(),
  terminationGracePeriodSeconds: 60,
  ...placement(environment, 'data'),
  ...spread(labels, antiAffinityOf(environment)),
})
