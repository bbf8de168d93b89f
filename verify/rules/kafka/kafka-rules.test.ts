import { expect, test } from 'vitest'
import { edited } from '../../testing/edited.ts'
import { testFamily } from '../../testing/family-suite.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { kafkaRules } from './index.ts'
import { kafkaZooKeeper } from './kafka-cluster.ts'
import { kafkaTopicRetentionImplicit } from './kafka-topics.ts'

const right = `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: { name: broker, namespace: data, labels: { strimzi.io/cluster: log } }
spec:
  replicas: 3
  roles: [controller, broker]
  storage: { type: jbod, volumes: [{ id: 0, type: persistent-claim, size: 10Gi, deleteClaim: false }] }
  jvmOptions: { -Xms: 1g, -Xmx: 1g }
  template: { pod: { securityContext: { runAsNonRoot: true }, affinity: { podAntiAffinity: {} } } }
---
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: { name: log, namespace: data }
spec:
  kafka:
    version: 4.3.1
    metricsConfig: { type: strimziMetricsReporter }
    rack: { topologyKey: topology.kubernetes.io/zone }
    authorization: { type: simple }
    listeners:
      - name: tls
        port: 9093
        type: internal
        tls: true
        authentication: { type: tls }
        networkPolicyPeers: [{ podSelector: {} }]
    config:
      auto.create.topics.enable: false
      min.insync.replicas: 2
      default.replication.factor: 3
      log.retention.hours: 48
  entityOperator: { topicOperator: {}, userOperator: {} }
  kafkaExporter: {}
  cruiseControl: {}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: { name: trades, namespace: data, labels: { strimzi.io/cluster: log } }
spec:
  partitions: 12
  replicas: 3
  config:
    retention.ms: 604800000
    min.insync.replicas: 2
    cleanup.policy: delete
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: { name: market, namespace: data, labels: { strimzi.io/cluster: log } }
spec:
  authentication: { type: tls }
  authorization: { type: simple, acls: [] }
`

testFamily(kafkaRules, right, [
  {
    rule: 'kafka-version-unsupported',
    from: '4.3.1',
    to: '3.6.0',
    on: 'Kafka/log',
    path: 'spec.kafka.version',
    says: 'not 3.6.0',
  },
  {
    rule: 'kafka-nodes-missing',
    from: 'roles: [controller, broker]',
    to: 'roles: [controller]',
    on: 'Kafka/log',
    path: 'spec.kafka',
    says: 'has the role broker',
  },
  {
    rule: 'kafka-zookeeper',
    from: '  kafkaExporter: {}',
    to: '  zookeeper: { replicas: 3 }\n  kafkaExporter: {}',
    on: 'Kafka/log',
    path: 'spec.zookeeper',
    says: 'removed it in 0.46',
  },
  {
    rule: 'kafka-setting-removed',
    from: 'log.retention.hours: 48',
    to: 'inter.broker.protocol.version: "3.6"',
    on: 'Kafka/log',
    path: 'spec.kafka.config.inter.broker.protocol.version',
    says: 'do nothing',
  },
  {
    rule: 'kafka-listener-unauthenticated',
    from: '        authentication: { type: tls }\n',
    to: '',
    on: 'Kafka/log',
    path: 'spec.kafka.listeners[0]',
    says: 'port 9093 may act as the anonymous user',
  },
  {
    rule: 'kafka-listener-plaintext',
    from: 'tls: true',
    to: 'tls: false',
    on: 'Kafka/log',
    path: 'spec.kafka.listeners[0].tls',
    says: 'read and change all records',
  },
  {
    rule: 'kafka-listener-open',
    from: '        networkPolicyPeers: [{ podSelector: {} }]\n',
    to: '',
    on: 'Kafka/log',
    path: 'spec.kafka.listeners[0]',
    says: 'every pod of every namespace',
  },
  {
    rule: 'kafka-authorization-missing',
    from: '    authorization: { type: simple }\n',
    to: '',
    on: 'Kafka/log',
    path: 'spec.kafka',
    says: 'no authorization',
  },
  {
    rule: 'kafka-user-operator-idle',
    from: '        authentication: { type: tls }\n',
    to: '',
    on: 'Kafka/log',
    path: 'spec.entityOperator.userOperator',
    says: 'nobody is ever asked',
  },
  {
    rule: 'kafka-user-unusable',
    from: 'spec:\n  authentication: { type: tls }',
    to: 'spec:\n  authentication: { type: scram-sha-512 }',
    on: 'KafkaUser/market',
    path: 'spec.authentication',
    says: 'proves itself by scram-sha-512, and the listeners take tls',
  },
  {
    rule: 'kafka-user-unusable',
    from: '  authorization: { type: simple, acls: [] }\n',
    to: '',
    on: 'KafkaUser/market',
    path: 'spec',
    says: 'Every request of this user will be refused',
  },
  {
    rule: 'kafka-metrics-missing',
    from: '    metricsConfig: { type: strimziMetricsReporter }\n',
    to: '',
    on: 'Kafka/log',
    path: 'spec.kafka',
    says: 'Port 9404',
  },
  {
    rule: 'kafka-rack-missing',
    from: '    rack: { topologyKey: topology.kubernetes.io/zone }\n',
    to: '',
    on: 'Kafka/log',
    path: 'spec.kafka',
    says: 'one zone',
  },
  {
    rule: 'kafka-companion-missing',
    from: '  kafkaExporter: {}\n',
    to: '',
    on: 'Kafka/log',
    path: 'spec',
    says: 'how far consumers are behind',
  },
  {
    rule: 'kafka-companion-missing',
    from: '  cruiseControl: {}\n',
    to: '',
    on: 'Kafka/log',
    path: 'spec',
    says: 'moved by hand',
  },
  {
    rule: 'kafka-storage-lost',
    from: 'deleteClaim: false',
    to: 'deleteClaim: true',
    on: 'KafkaNodePool/broker',
    path: 'spec.storage.volumes[0].deleteClaim',
    says: 'deletes all records',
  },
  {
    rule: 'kafka-storage-lost',
    from: 'type: persistent-claim, size: 10Gi, deleteClaim: false',
    to: 'type: ephemeral',
    on: 'KafkaNodePool/broker',
    path: 'spec.storage.volumes[0]',
    says: 'whenever its pod moves',
  },
  {
    rule: 'kafka-heap-implicit',
    from: '  jvmOptions: { -Xms: 1g, -Xmx: 1g }\n',
    to: '',
    on: 'KafkaNodePool/broker',
    path: 'spec',
    says: 'half of the memory limit',
  },
  {
    rule: 'kafka-pod-security-baseline',
    from: 'securityContext: { runAsNonRoot: true }, ',
    to: '',
    on: 'KafkaNodePool/broker',
    path: 'spec',
    says: 'not be admitted',
  },
  {
    rule: 'kafka-brokers-together',
    from: ', affinity: { podAntiAffinity: {} }',
    to: '',
    on: 'KafkaNodePool/broker',
    path: 'spec',
    says: 'on one node',
  },
  {
    rule: 'kafka-auto-create-topics',
    from: '      auto.create.topics.enable: false\n',
    to: '',
    on: 'Kafka/log',
    path: 'spec.kafka.config',
    says: 'mistyped',
  },
  {
    rule: 'kafka-topic-retention-implicit',
    from: '    retention.ms: 604800000\n',
    to: '',
    on: 'KafkaTopic/trades',
    path: 'spec',
    says: 'after 2 days',
  },
  {
    rule: 'kafka-topic-min-insync-implicit',
    from: '    min.insync.replicas: 2\n    cleanup',
    to: '    cleanup',
    on: 'KafkaTopic/trades',
    path: 'spec.config',
    says: 'does not set min.insync.replicas.',
  },
  {
    rule: 'kafka-replication-over-brokers',
    from: 'partitions: 12\n  replicas: 3',
    to: 'partitions: 12\n  replicas: 4',
    on: 'KafkaTopic/trades',
    path: 'spec.replicas',
    says: '4 replicas and the cluster log has 3 brokers',
  },
  {
    rule: 'kafka-replication-over-brokers',
    from: 'default.replication.factor: 3',
    to: 'default.replication.factor: 5',
    on: 'Kafka/log',
    path: 'spec.kafka.config.default.replication.factor',
    says: 'on 3 brokers',
  },
  {
    rule: 'kafka-replication-fragile',
    from: '    min.insync.replicas: 2\n    cleanup',
    to: '    min.insync.replicas: 3\n    cleanup',
    on: 'KafkaTopic/trades',
    path: 'spec.replicas',
    says: 'as soon as one broker is away',
  },
])

test('a compacted topic needs no retention', () => {
  const compacted = edited(
    edited(right, '    retention.ms: 604800000\n', ''),
    'cleanup.policy: delete',
    'cleanup.policy: compact',
  )
  expect(findingsOf(kafkaTopicRetentionImplicit, compacted)).toEqual([])
})

test('clusters of the old API version are judged too', () => {
  const old = `
apiVersion: kafka.strimzi.io/v1beta2
kind: Kafka
metadata: { name: log, namespace: data }
spec: { kafka: { replicas: 3, listeners: [] }, zookeeper: { replicas: 3 } }
`
  expect(findingsOf(kafkaZooKeeper, old)).toHaveLength(1)
})
