import { clientSystems, systemVariables } from '@knowton/core'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { podTarget } from '../../targets.ts'
import type { System } from '../system.ts'
import { kafkaRules } from './alerts.ts'
import { kafkaComponent } from './component.ts'
import { hasCruiseControl } from './cruise-control.ts'
import { kafkaDashboard } from './dashboard.ts'
import { kafkaClientFlows, kafkaFlows, kafkaPeers } from './flows.ts'
import { KAFKA, kafkaAddress } from './names.ts'
import { kafkaAccess } from './secret-reader.ts'

export const kafka: System = {
  namespace: 'data',
  pods: KAFKA.pods,
  ports: KAFKA.ports,
  address: kafkaAddress,
  objects: ({ platform, environment }) => [
    kafkaComponent(platform, environment),
    ...kafkaAccess(platform, environment),
  ],
  flows: kafkaFlows,
  clients: {
    usedBy: clientSystems.kafka.usedBy,
    flows: kafkaClientFlows,
    variables: systemVariables('kafka'),
  },
  loads: ({ kafka }: ClusterEnvironment) => [
    { what: 'brokers', pods: kafka.brokers, containers: [kafka.broker], volumes: [kafka.brokerStorage] },
    {
      what: 'controllers',
      pods: kafka.controllers,
      containers: [kafka.controller],
      volumes: [kafka.controllerStorage],
    },
    { what: 'entity operator', pods: 2, containers: [kafka.helpers, kafka.helpers], volumes: [] },
    { what: 'exporter', pods: 2, containers: [kafka.helpers], volumes: [] },
    { what: 'Cruise Control', pods: 2, containers: [kafka.cruiseControl], volumes: [] },
  ],
  secrets: () => ({}),
  identities: () => [],
  targets: (environment) => {
    const { nodes, exporter, cruiseControl } = kafkaPeers(environment)
    return [
      podTarget('kafka', nodes, KAFKA.ports.metrics),
      podTarget('kafka-exporter', exporter, KAFKA.ports.metrics),
      ...(hasCruiseControl(environment) ? [podTarget('kafka-cruise-control', cruiseControl, KAFKA.ports.metrics)] : []),
    ]
  },
  metrics: {
    /** Strimzi Metrics Reporter: names of Kafka’s MBeans, lower case. */
    kafka: [
      'kafka_controller_kafkacontroller_activecontrollercount',
      'kafka_controller_kafkacontroller_offlinepartitionscount',
      'kafka_server_replicamanager_leadercount',
      'kafka_server_replicamanager_partitioncount',
      'kafka_server_replicamanager_underminisrpartitioncount',
      'kafka_server_replicamanager_underreplicatedpartitions',
    ],
    'kafka-exporter': ['kafka_consumergroup_lag', 'kafka_topic_partition_current_offset'],
  },
  alerts: (environment) => ({ kafka: kafkaRules(environment) }),
  dashboard: () => kafkaDashboard,
}
