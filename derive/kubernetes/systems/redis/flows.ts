import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { amongst, type Flow, type FlowPeer, tcp } from '../../flows/flow.ts'
import { namespacePeer, operatorNamespaces, podsIn } from '../../flows/peers.ts'
import type { Cluster } from '../system.ts'
import { REDIS } from './names.ts'

/** The pods of both kinds of Redis as ends of connections. */
export const redisPeers = ({ namespaces }: ClusterEnvironment) => {
  const at = podsIn(namespaces.data)
  return {
    leader: at('redis-leader', REDIS.pods.leader),
    follower: at('redis-follower', REDIS.pods.follower),
    rateLimits: at('redis-rate-limits', REDIS.pods.rateLimits),
  }
}

/** What the servers open among themselves, and what their operator opens to them. */
export const redisFlows = ({ environment }: Cluster): readonly Flow[] => {
  const operator = namespacePeer(operatorNamespaces.redis, 'Redis operator')
  const { leader, follower, rateLimits } = redisPeers(environment)
  const cluster = [leader, follower]
  const alone = environment.gateway.rateLimits === 'redis' ? [rateLimits] : []
  const { clients, bus } = REDIS.ports
  return [
    ...amongst(cluster, [clients, bus], 'replication and the cluster bus'),
    ...amongst(alone, [clients], 'replication'),
    ...[...cluster, ...alone].map((redis) => tcp(operator, redis, [clients], 'forming and mending the cluster')),
  ]
}

/** What a service that caches opens. */
export const redisClientFlows = ({ environment }: Cluster, from: FlowPeer): readonly Flow[] => {
  const { leader, follower } = redisPeers(environment)
  return [leader, follower].map((redis) => tcp(from, redis, [REDIS.ports.clients], 'cache and counters'))
}
