import type { PlatformShape, ServiceShape, TopicShape } from '@knowton/core'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { labelsOf, type Manifest, NEVER_PRUNED } from '../../manifest.ts'
import { KAFKA } from './names.ts'

const MS_PER_DAY = 86_400_000

/** The founding document's: 1 GiB, after which a segment may be deleted as a whole. */
export const SEGMENT_BYTES = 1_073_741_824

/** Every declared topic of the platform, in declared order. */
export const declaredTopics = (platform: PlatformShape): readonly TopicShape[] =>
  Object.values(platform.services).flatMap(({ publishes }: ServiceShape) => Object.values(publishes))

/** A KafkaTopic for every declared topic, with nothing left to a default that an update might change. */
export const kafkaTopics = (platform: PlatformShape, environment: ClusterEnvironment): readonly Manifest[] =>
  declaredTopics(platform).map((topic) => ({
    apiVersion: 'kafka.strimzi.io/v1',
    kind: 'KafkaTopic',
    metadata: {
      name: topic.name,
      namespace: environment.namespaces.data,
      labels: { ...labelsOf('kafka'), 'strimzi.io/cluster': KAFKA.names.cluster },
      annotations: NEVER_PRUNED,
    },
    spec: {
      partitions: topic.partitions,
      replicas: environment.kafka.replicationFactor,
      config: {
        'cleanup.policy': 'delete',
        'retention.ms': topic.retentionDays * MS_PER_DAY,
        'segment.bytes': SEGMENT_BYTES,
        'compression.type': 'snappy',
        'min.insync.replicas': environment.kafka.minInsyncReplicas,
      },
    },
  }))
