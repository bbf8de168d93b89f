import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Flow, type FlowPeer, tcp, tcpAndUdp } from '../../flows/flow.ts'
import { outside, podsIn } from '../../flows/peers.ts'
import { ports } from '../../flows/ports.ts'
import { objectStoreFlows } from '../object-store/flows.ts'
import type { Cluster } from '../system.ts'
import { WEAVIATE } from './names.ts'

/** The pods of Weaviate as ends of connections. */
export const weaviatePeers = ({ namespaces }: ClusterEnvironment) => {
  const at = podsIn(namespaces.data)
  return { replicas: at('weaviate', WEAVIATE.pods.replicas), backup: at('weaviate-backup', WEAVIATE.pods.backup) }
}

/** What replicas open among themselves and for backups. */
export const weaviateFlows = ({ environment }: Cluster): readonly Flow[] => {
  const { replicas, backup } = weaviatePeers(environment)
  const { data, gossip, http, raft } = WEAVIATE.ports
  return [
    tcpAndUdp(replicas, replicas, [gossip], 'who is in the cluster'),
    tcp(replicas, replicas, [data, ...raft], 'data and schema of the replicas'),
    tcp(backup, replicas, [http], 'asking for a backup'),
    ...objectStoreFlows(environment, replicas, 'backups'),
    ...(environment.weaviate.openai
      ? [tcp(replicas, outside(environment).internet, [ports.https], 'api.openai.com, as switched on')]
      : []),
  ]
}

/** What a service that searches opens. */
export const weaviateClientFlows = ({ environment }: Cluster, from: FlowPeer): readonly Flow[] => [
  tcp(
    from,
    weaviatePeers(environment).replicas,
    [WEAVIATE.ports.http, WEAVIATE.ports.grpc],
    'vector search over works',
  ),
]
