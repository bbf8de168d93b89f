import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Alert, alert, type RuleGroup } from '../../monitoring/rules/rule.ts'
import { stays } from '../../monitoring/rules/series.ts'

const more = (
  metric: string,
  rest: Omit<Alert, 'kind' | 'name' | 'expr' | 'test'> & { readonly name: string },
): Alert =>
  alert(rest.name, {
    ...rest,
    expr: `sum(${metric}) > 0`,
    test: {
      fires: { [`${metric}{pod="knowton-kafka-broker-0"}`]: stays(2) },
      quiet: { [`${metric}{pod="knowton-kafka-broker-0"}`]: stays(0) },
      labels: {},
    },
  })

const offline = more('kafka_controller_kafkacontroller_offlinepartitionscount', {
  name: 'KafkaPartitionsOffline',
  forMinutes: 1,
  severity: 'critical',
  says: 'Partitions of Kafka have no leader: what they hold can neither be read nor written.',
  fix: 'Start the brokers that are down; a partition comes back with the first replica that has all its data.',
})

const belowMinimum = more('kafka_server_replicamanager_underminisrpartitioncount', {
  name: 'KafkaPartitionsReadOnly',
  forMinutes: 2,
  severity: 'critical',
  says: 'Partitions of Kafka have fewer replicas in sync than they need to take new records.',
  fix: 'See which broker is down or behind; do not restart another one before it has caught up.',
})

const underReplicated = more('kafka_server_replicamanager_underreplicatedpartitions', {
  name: 'KafkaUnderReplicated',
  forMinutes: 10,
  severity: 'warning',
  says: 'Replicas of Kafka’s partitions have been behind their leaders for ten minutes.',
  fix: 'See whether a broker is down, its disk is full or slow, or its network is busy.',
})

const controller = alert('KafkaWithoutController', {
  expr: 'sum(kafka_controller_kafkacontroller_activecontrollercount) != 1',
  forMinutes: 3,
  severity: 'critical',
  says: 'Kafka has not exactly one active controller: topics and leaders cannot be changed.',
  fix: 'See whether a majority of the controller pods runs and reaches one another.',
  test: {
    fires: { 'kafka_controller_kafkacontroller_activecontrollercount{pod="c"}': stays(0) },
    quiet: {
      'kafka_controller_kafkacontroller_activecontrollercount{pod="c"}': stays(1),
      'kafka_controller_kafkacontroller_activecontrollercount{pod="d"}': stays(0),
    },
    labels: {},
  },
})

const brokers = (count: number): Alert =>
  alert('KafkaBrokersMissing', {
    expr: `count(kafka_server_replicamanager_leadercount) < ${count} or absent(kafka_server_replicamanager_leadercount)`,
    forMinutes: 5,
    severity: 'critical',
    says: `Fewer than ${count} brokers of Kafka are seen.`,
    fix: 'See which pod of knowton-kafka-broker does not run and why.',
    test: {
      fires: { 'up{job="another"}': stays(1) },
      quiet: Object.fromEntries(
        Array.from({ length: count }, (_, broker) => [
          `kafka_server_replicamanager_leadercount{pod="knowton-kafka-broker-${broker}"}`,
          stays(12),
        ]),
      ),
      labels: {},
    },
  })

const lag = alert('KafkaConsumersBehind', {
  expr: 'sum by (consumergroup, topic) (kafka_consumergroup_lag) > 10000',
  forMinutes: 15,
  severity: 'warning',
  says: 'The consumers {{ $labels.consumergroup }} are ten thousand records of {{ $labels.topic }} behind.',
  fix: 'See whether they run; if they do, give them more replicas, at most as many as the topic has partitions.',
  test: {
    fires: { 'kafka_consumergroup_lag{consumergroup="g",topic="t",partition="0"}': stays(10_001) },
    quiet: { 'kafka_consumergroup_lag{consumergroup="g",topic="t",partition="0"}': stays(10) },
    labels: { consumergroup: 'g', topic: 't' },
  },
})

/** What goes wrong in Kafka. */
export const kafkaRules = ({ kafka }: ClusterEnvironment): readonly RuleGroup[] => [
  { name: 'kafka', rules: [brokers(kafka.brokers), controller, offline, belowMinimum, underReplicated, lag] },
]
