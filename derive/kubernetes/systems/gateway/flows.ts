import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Flow, tcp } from '../../flows/flow.ts'
import { outside, podsIn } from '../../flows/peers.ts'
import { redisPeers } from '../redis/flows.ts'
import { REDIS } from '../redis/names.ts'
import type { Cluster } from '../system.ts'
import { GATEWAY } from './names.ts'

/** The gateways as an end of connections. */
export const gatewayPeer = ({ namespaces }: ClusterEnvironment) =>
  podsIn(namespaces.apps)('kong-gateway', GATEWAY.pods.gateway)

/** The way in; and where several gateways count requests together, the Redis that they count in. */
export const gatewayFlows = ({ environment }: Cluster): readonly Flow[] => [
  tcp(outside(environment).world, gatewayPeer(environment), GATEWAY.ports.proxy, 'the site and its API'),
  ...(environment.gateway.rateLimits === 'redis'
    ? [
        tcp(
          gatewayPeer(environment),
          redisPeers(environment).rateLimits,
          [REDIS.ports.clients],
          'requests counted once for all gateways',
        ),
      ]
    : []),
]
