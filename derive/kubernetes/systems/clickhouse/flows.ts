import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Flow, type FlowPeer, tcp } from '../../flows/flow.ts'
import { namespacePeer, operatorNamespaces, podsIn } from '../../flows/peers.ts'
import { objectStoreFlows } from '../object-store/flows.ts'
import type { Cluster } from '../system.ts'
import { CLICKHOUSE } from './names.ts'

/** The pods of ClickHouse as ends of connections. */
export const clickhousePeers = ({ namespaces }: ClusterEnvironment) => {
  const at = podsIn(namespaces.data)
  return { servers: at('clickhouse', CLICKHOUSE.pods.servers), keeper: at('clickhouse-keeper', CLICKHOUSE.pods.keeper) }
}

/** What servers and keepers open, and what their operator opens to them. */
export const clickhouseFlows = ({ environment }: Cluster): readonly Flow[] => {
  const operator = namespacePeer(operatorNamespaces.clickhouse, 'ClickHouse operator')
  const { servers, keeper } = clickhousePeers(environment)
  const { https, native, interserver } = CLICKHOUSE.ports
  return [
    tcp(servers, servers, [https, native, interserver], 'distributed queries and replication'),
    tcp(servers, keeper, [CLICKHOUSE.ports.keeper], 'what replicas agree on'),
    tcp(keeper, keeper, [CLICKHOUSE.ports.keeperRaft], 'the quorum'),
    tcp(operator, servers, [https], 'schema of new replicas, state'),
    ...objectStoreFlows(environment, servers, 'backups'),
  ]
}

/** What a service with a warehouse opens. */
export const clickhouseClientFlows = ({ environment }: Cluster, from: FlowPeer): readonly Flow[] => [
  tcp(from, clickhousePeers(environment).servers, [CLICKHOUSE.ports.https], 'facts as rows, and sums of them'),
]
