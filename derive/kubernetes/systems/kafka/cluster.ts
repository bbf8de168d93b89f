import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { labelsOf, type Manifest, NEVER_PRUNED } from '../../manifest.ts'
import { servicePodLabels } from '../../names.ts'
import { resourcesOf, STANDARD_PRIORITY } from '../../parts/pod.ts'
import { hasCruiseControl } from './cruise-control.ts'
import { KAFKA } from './names.ts'
import { securedContainer, strimziPod } from './pod-template.ts'
import { SEGMENT_BYTES } from './topics.ts'
import { kafkaServices } from './users.ts'

/** The port of the only listener: TLS, each client with a certificate. */
export const KAFKA_PORT = 9093

/** The ConfigMap that says how Cruise Control's measures are named. */
export const CRUISE_CONTROL_METRICS = 'knowton-kafka-cruise-control-metrics'

/** The brokers' settings and everything that runs beside them. */
export const kafkaCluster = (platform: PlatformShape, environment: ClusterEnvironment): Manifest => ({
  apiVersion: 'kafka.strimzi.io/v1',
  kind: 'Kafka',
  metadata: {
    name: KAFKA.names.cluster,
    namespace: environment.namespaces.data,
    labels: labelsOf('kafka'),
    annotations: NEVER_PRUNED,
  },
  spec: {
    kafka: {
      version: environment.versions.kafka,
      metadataVersion: environment.versions.kafkaMetadata,
      listeners: [listener(platform, environment)],
      authorization: { type: 'simple' },
      config: brokerConfig(environment),
      ...(environment.zones > 1 ? { rack: { topologyKey: 'topology.kubernetes.io/zone' } } : {}),
      // producers wait when a disk is nine tenths full: a full disk stops the broker
      quotas: { type: 'strimzi', minAvailableRatioPerVolume: 0.1 },
      logging: { type: 'inline', loggers: { 'rootLogger.level': 'INFO' } },
      metricsConfig: {
        type: 'strimziMetricsReporter',
        values: { allowList: ['kafka_controller.*', 'kafka_log.*', 'kafka_network.*', 'kafka_server.*'] },
      },
      template: { podDisruptionBudget: { maxUnavailable: 1 } },
    },
    entityOperator: entityOperator(environment),
    kafkaExporter: kafkaExporter(environment),
    ...(hasCruiseControl(environment) ? { cruiseControl: cruiseControl(environment) } : {}),
    clusterCa: certificateAuthority,
    clientsCa: certificateAuthority,
  },
})

/** Five years, renewed half a year before: clients that read the file again see both in the meantime. */
const certificateAuthority = { generateCertificateAuthority: true, validityDays: 1825, renewalDays: 180 }

const listener = (platform: PlatformShape, { namespaces }: ClusterEnvironment) => ({
  name: 'tls',
  port: KAFKA_PORT,
  type: 'internal',
  tls: true,
  authentication: { type: 'tls' },
  networkPolicyPeers: kafkaServices(platform).map(({ name }) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespaces.apps } },
    podSelector: { matchLabels: servicePodLabels(name) },
  })),
})

const brokerConfig = ({ kafka, zones }: ClusterEnvironment) => ({
  'auto.create.topics.enable': false,
  'default.replication.factor': kafka.replicationFactor,
  'min.insync.replicas': kafka.minInsyncReplicas,
  'offsets.topic.replication.factor': kafka.replicationFactor,
  'transaction.state.log.replication.factor': kafka.replicationFactor,
  'transaction.state.log.min.isr': kafka.minInsyncReplicas,
  'share.coordinator.state.topic.replication.factor': kafka.replicationFactor,
  'share.coordinator.state.topic.min.isr': kafka.minInsyncReplicas,
  'unclean.leader.election.enable': false,
  'log.retention.hours': 168,
  'log.segment.bytes': SEGMENT_BYTES,
  'compression.type': 'snappy',
  ...(zones > 1 ? { 'replica.selector.class': 'org.apache.kafka.common.replica.RackAwareReplicaSelector' } : {}),
})

const entityOperator = (environment: ClusterEnvironment) => {
  const resources = resourcesOf(environment.kafka.helpers)
  return {
    topicOperator: { resources },
    userOperator: { resources },
    template: {
      pod: helperPod(environment, KAFKA.pods.entityOperator),
      topicOperatorContainer: securedContainer(),
      userOperatorContainer: securedContainer(),
      podDisruptionBudget: { maxUnavailable: 1 },
    },
  }
}

const kafkaExporter = (environment: ClusterEnvironment) => ({
  topicRegex: '.*',
  groupRegex: '.*',
  resources: resourcesOf(environment.kafka.helpers),
  template: {
    pod: helperPod(environment, KAFKA.pods.exporter),
    container: securedContainer(),
    podDisruptionBudget: { maxUnavailable: 1 },
  },
})

const cruiseControl = (environment: ClusterEnvironment) => ({
  resources: resourcesOf(environment.kafka.cruiseControl),
  metricsConfig: {
    type: 'jmxPrometheusExporter',
    valueFrom: { configMapKeyRef: { name: CRUISE_CONTROL_METRICS, key: 'metrics-config.yml' } },
  },
  template: {
    pod: helperPod(environment, KAFKA.pods.cruiseControl),
    cruiseControlContainer: securedContainer(),
    podDisruptionBudget: { maxUnavailable: 1 },
  },
})

const helperPod = (environment: ClusterEnvironment, labels: Readonly<Record<string, string>>) =>
  strimziPod(environment, 'general-purpose', labels, {
    apart: 'preferred',
    priority: STANDARD_PRIORITY,
    stopSeconds: 30,
  })
