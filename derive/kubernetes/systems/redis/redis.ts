import { clientSystems, systemVariables } from '@knowton/core'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { podTarget } from '../../targets.ts'
import type { System } from '../system.ts'
import { redisRules } from './alerts.ts'
import { redisComponent } from './component.ts'
import { redisDashboard } from './dashboard.ts'
import { redisClientFlows, redisFlows, redisPeers } from './flows.ts'
import { REDIS, redisAddress } from './names.ts'

export const redis: System = {
  namespace: 'data',
  pods: REDIS.pods,
  ports: REDIS.ports,
  address: redisAddress,
  objects: ({ environment }) => [redisComponent(environment)],
  flows: redisFlows,
  clients: {
    usedBy: clientSystems.redis.usedBy,
    flows: redisClientFlows,
    variables: systemVariables('redis'),
  },
  loads: ({ gateway, redis }: ClusterEnvironment) => [
    {
      what: 'Redis',
      pods: redis.leaders * 2,
      containers: [redis.resources, redis.exporter],
      volumes: [redis.storage, '1Gi'],
    },
    {
      what: 'Redis of the gateway',
      pods: gateway.rateLimits === 'redis' ? redis.rateLimits.replicas : 0,
      containers: [redis.rateLimits.resources, redis.exporter],
      volumes: [redis.rateLimits.storage],
    },
  ],
  secrets: () => ({ redis: { password: { kind: 'password' } }, 'rate-limits': { password: { kind: 'password' } } }),
  identities: () => [],
  targets: (environment) => {
    const { leader, follower, rateLimits } = redisPeers(environment)
    return [
      podTarget('redis', leader, REDIS.ports.metrics, 'redis-leader'),
      podTarget('redis', follower, REDIS.ports.metrics, 'redis-follower'),
      ...(environment.gateway.rateLimits === 'redis'
        ? [podTarget('rate-limits', rateLimits, REDIS.ports.metrics)]
        : []),
    ]
  },
  metrics: {
    /** redis_exporter. */
    redis: [
      'redis_cluster_slots_fail',
      'redis_cluster_state',
      'redis_commands_processed_total',
      'redis_connected_clients',
      'redis_evicted_keys_total',
      'redis_keyspace_hits_total',
      'redis_keyspace_misses_total',
      'redis_master_link_up',
      'redis_memory_max_bytes',
      'redis_memory_used_bytes',
      'redis_rdb_last_bgsave_status',
      'redis_up',
    ],
  },
  alerts: () => ({ redis: redisRules }),
  dashboard: () => redisDashboard,
}
