import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Flow, type FlowPeer, tcp } from '../../flows/flow.ts'
import { namespacePeer, operatorNamespaces, podsIn, toApiServer } from '../../flows/peers.ts'
import type { Cluster } from '../system.ts'
import { hasCruiseControl } from './cruise-control.ts'
import { KAFKA } from './names.ts'

/** The pods of Kafka as ends of connections. */
export const kafkaPeers = ({ namespaces }: ClusterEnvironment) => {
  const at = podsIn(namespaces.data)
  return {
    nodes: at('kafka', KAFKA.pods.nodes),
    entityOperator: at('kafka-entity-operator', KAFKA.pods.entityOperator),
    exporter: at('kafka-exporter', KAFKA.pods.exporter),
    cruiseControl: at('kafka-cruise-control', KAFKA.pods.cruiseControl),
  }
}

/** What the brokers and what runs beside them open, and what Strimzi opens to them. */
export const kafkaFlows = ({ environment }: Cluster): readonly Flow[] => {
  const operator = namespacePeer(operatorNamespaces.kafka, 'Strimzi')
  const { nodes, entityOperator, exporter, cruiseControl } = kafkaPeers(environment)
  const { agent, controlPlane, replication } = KAFKA.ports
  return [
    tcp(nodes, nodes, [controlPlane, replication], 'metadata quorum and replication'),
    tcp(operator, nodes, [controlPlane, replication, agent], 'state of the brokers, rolling updates'),
    tcp(entityOperator, nodes, [replication], 'topics and users'),
    tcp(exporter, nodes, [replication], 'lag of consumers'),
    ...(hasCruiseControl(environment)
      ? [
          tcp(operator, cruiseControl, [KAFKA.ports.cruiseControl], 'rebalances'),
          tcp(entityOperator, cruiseControl, [KAFKA.ports.cruiseControl], 'changes of replication factors'),
          tcp(cruiseControl, nodes, [replication], 'load of the brokers'),
        ]
      : []),
    toApiServer(environment, nodes, 'the zone of its node'),
    toApiServer(environment, entityOperator, 'KafkaTopic and KafkaUser objects'),
  ]
}

/** What a service that publishes or consumes opens. */
export const kafkaClientFlows = ({ environment }: Cluster, from: FlowPeer): readonly Flow[] => [
  tcp(from, kafkaPeers(environment).nodes, [KAFKA.ports.clients], 'topics it publishes or consumes'),
]
