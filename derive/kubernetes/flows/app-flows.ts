import type { PlatformShape, StoreKind } from '@knowton/core'
import { type Edge, edges, type System } from '../../edges.ts'
import { databasePlans } from '../../plan/databases.ts'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import { SERVICE_PORT } from '../names.ts'
import { objectStoreFlows } from '../systems/object-store/flows.ts'
import { type Flow, tcp } from './flow.ts'
import { type Peers, servicePeer } from './peers.ts'
import { ports } from './ports.ts'

/** What the gateway and the declared services open: the declared edges, as addresses and ports. */
export const appFlows = (platform: PlatformShape, environment: ClusterEnvironment, peers: Peers): readonly Flow[] => [
  tcp(peers.world, peers.gateway, ports.gateway, 'the site and its API'),
  ...(environment.gateway.rateLimits === 'redis'
    ? [tcp(peers.gateway, peers.rateLimits, [ports.redis], 'requests counted once for all gateways')]
    : []),
  ...edges(platform).flatMap((edge) => edgeFlows(environment, peers, edge)),
  ...(databasePlans(platform).length > 0
    ? [tcp(peers.migrations, peers.pooler, [ports.postgres], 'a new version prepares its database')]
    : []),
  ...objectStoreFlows(environment, peers, peers.inference, 'models are fetched before the server starts'),
]

const edgeFlows = (environment: ClusterEnvironment, peers: Peers, edge: Edge): readonly Flow[] => {
  const from = edge.kind === 'http' ? peers.gateway : servicePeer(environment, edge.from)
  switch (edge.kind) {
    case 'http':
      return [tcp(from, servicePeer(environment, edge.to), [SERVICE_PORT], 'routes that the world may call')]
    case 'store':
      return storeFlows[edge.store](environment, peers, from)
    case 'event-log':
      return [tcp(from, peers.pooler, [ports.postgres], `reads the facts of ${edge.to}`)]
    case 'chain':
      return [tcp(from, peers.chainRpc, [chainRpcPort(environment)], 'asks the chain')]
    case 'system':
      return systemFlows[edge.to](peers, from)
  }
}

const chainRpcPort = ({ network: { chainRpc } }: ClusterEnvironment): number =>
  chainRpc === 'public' ? ports.https : chainRpc.port

const storeFlows: Readonly<
  Record<StoreKind, (environment: ClusterEnvironment, peers: Peers, from: Flow['from']) => readonly Flow[]>
> = {
  postgres: (_, peers, from) => [tcp(from, peers.pooler, [ports.postgres], 'its own database')],
  files: (environment, peers, from) => objectStoreFlows(environment, peers, from, 'files of works'),
  clickhouse: (_, peers, from) => [tcp(from, peers.clickhouse, [ports.clickhouse], 'facts as rows, and sums of them')],
}

const systemFlows: Readonly<Record<System, (peers: Peers, from: Flow['from']) => readonly Flow[]>> = {
  kafka: (peers, from) => [tcp(from, peers.kafka, [ports.kafkaClients], 'topics it speaks or hears')],
  redis: (peers, from) =>
    [peers.redisLeader, peers.redisFollower].map((redis) => tcp(from, redis, [ports.redis], 'cache and counters')),
  weaviate: (peers, from) => [
    tcp(from, peers.weaviate, [ports.weaviate, ports.weaviateGrpc], 'search by likeness of works'),
  ],
  inference: (peers, from) => [tcp(from, peers.inference, [ports.inference], 'embeddings of works')],
}
