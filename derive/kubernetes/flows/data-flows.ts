import type { ClusterEnvironment } from '../cluster-environment.ts'
import { hasCruiseControl } from '../systems/kafka/cruise-control.ts'
import { objectStoreFlows } from '../systems/object-store/flows.ts'
import { amongst, type Flow, tcp, tcpAndUdp } from './flow.ts'
import { namespacePeer, operatorNamespaces, type Peers } from './peers.ts'
import { ports } from './ports.ts'

/** What the stateful systems open among themselves, and what their operators open to them. */
export const dataFlows = (environment: ClusterEnvironment, peers: Peers): readonly Flow[] => [
  ...postgresFlows(environment, peers),
  ...kafkaFlows(environment, peers),
  ...clickhouseFlows(environment, peers),
  ...redisFlows(environment, peers),
  ...weaviateFlows(environment, peers),
]

const apiServer = (environment: ClusterEnvironment, peers: Peers, from: Flow['from'], why: string): Flow =>
  tcp(from, peers.apiServer, [environment.network.apiServer.port], why)

const postgresFlows = (environment: ClusterEnvironment, peers: Peers): readonly Flow[] => {
  const operator = namespacePeer(operatorNamespaces.postgres, 'CloudNativePG')
  return [
    tcp(peers.pooler, peers.postgres, [ports.postgres], 'pooled connections of the services'),
    tcp(peers.postgres, peers.postgres, [ports.postgres, ports.postgresStatus], 'replication, and joining the cluster'),
    tcp(operator, peers.postgres, [ports.postgres, ports.postgresStatus], 'state of the instances, failover'),
    apiServer(environment, peers, peers.postgres, 'each instance reads and reports its own state'),
    apiServer(environment, peers, peers.pooler, 'each pooler reads its own settings'),
    ...objectStoreFlows(environment, peers, peers.postgres, 'write-ahead log and base backups'),
  ]
}

const kafkaFlows = (environment: ClusterEnvironment, peers: Peers): readonly Flow[] => {
  const operator = namespacePeer(operatorNamespaces.kafka, 'Strimzi')
  const { kafka, kafkaEntityOperator, kafkaExporter, cruiseControl } = peers
  const { kafkaAgent, kafkaControlPlane, kafkaReplication } = ports
  return [
    tcp(kafka, kafka, [kafkaControlPlane, kafkaReplication], 'metadata quorum and replication'),
    tcp(operator, kafka, [kafkaControlPlane, kafkaReplication, kafkaAgent], 'state of the brokers, rolling updates'),
    tcp(kafkaEntityOperator, kafka, [kafkaReplication], 'topics and users'),
    tcp(kafkaExporter, kafka, [kafkaReplication], 'lag of consumers'),
    ...(hasCruiseControl(environment)
      ? [
          tcp(operator, cruiseControl, [ports.cruiseControl], 'rebalances'),
          tcp(kafkaEntityOperator, cruiseControl, [ports.cruiseControl], 'changes of replication factors'),
          tcp(cruiseControl, kafka, [kafkaReplication], 'load of the brokers'),
        ]
      : []),
    apiServer(environment, peers, kafka, 'the zone of its node'),
    apiServer(environment, peers, kafkaEntityOperator, 'KafkaTopic and KafkaUser objects'),
  ]
}

const clickhouseFlows = (environment: ClusterEnvironment, peers: Peers): readonly Flow[] => {
  const operator = namespacePeer(operatorNamespaces.clickhouse, 'ClickHouse operator')
  const { clickhouse, keeper } = peers
  const { clickhouseNative, clickhouseInterserver } = ports
  return [
    tcp(
      clickhouse,
      clickhouse,
      [ports.clickhouse, clickhouseNative, clickhouseInterserver],
      'distributed queries and replication',
    ),
    tcp(clickhouse, keeper, [ports.keeper], 'what replicas agree on'),
    tcp(keeper, keeper, [ports.keeperRaft], 'the quorum'),
    tcp(operator, clickhouse, [ports.clickhouse], 'schema of new replicas, state'),
    ...objectStoreFlows(environment, peers, clickhouse, 'backups'),
  ]
}

const redisFlows = (environment: ClusterEnvironment, peers: Peers): readonly Flow[] => {
  const operator = namespacePeer(operatorNamespaces.redis, 'Redis operator')
  const cluster = [peers.redisLeader, peers.redisFollower]
  const alone = environment.gateway.rateLimits === 'redis' ? [peers.rateLimits] : []
  return [
    ...amongst(cluster, [ports.redis, ports.redisBus], 'replication and the cluster bus'),
    ...amongst(alone, [ports.redis], 'replication'),
    ...[...cluster, ...alone].map((redis) => tcp(operator, redis, [ports.redis], 'forming and mending the cluster')),
  ]
}

const weaviateFlows = (environment: ClusterEnvironment, peers: Peers): readonly Flow[] => [
  tcpAndUdp(peers.weaviate, peers.weaviate, [ports.weaviateGossip], 'who is in the cluster'),
  tcp(peers.weaviate, peers.weaviate, [ports.weaviateData, ...ports.weaviateRaft], 'data and schema of the replicas'),
  tcp(peers.weaviateBackup, peers.weaviate, [ports.weaviate], 'asking for a backup'),
  ...objectStoreFlows(environment, peers, peers.weaviate, 'backups'),
  ...(environment.weaviate.openai
    ? [tcp(peers.weaviate, peers.internet, [ports.https], 'api.openai.com, as switched on')]
    : []),
]
