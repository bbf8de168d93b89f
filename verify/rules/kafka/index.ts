import type { Rule } from '../../types.ts'
import {
  kafkaAuthorizationMissing,
  kafkaListenerOpen,
  kafkaListenerPlaintext,
  kafkaListenerUnauthenticated,
  kafkaUserOperatorIdle,
  kafkaUserUnusable,
} from './kafka-access.ts'
import {
  kafkaBrokersTogether,
  kafkaCompanionMissing,
  kafkaHeapImplicit,
  kafkaMetricsMissing,
  kafkaNodesMissing,
  kafkaPodSecurityBaseline,
  kafkaRackMissing,
  kafkaSettingRemoved,
  kafkaStorageLost,
  kafkaVersionUnsupported,
  kafkaZooKeeper,
} from './kafka-cluster.ts'
import {
  kafkaAutoCreateTopics,
  kafkaReplicationFragile,
  kafkaReplicationOverBrokers,
  kafkaTopicMinInsyncImplicit,
  kafkaTopicRetentionImplicit,
} from './kafka-topics.ts'

export const kafkaRules: readonly Rule[] = [
  kafkaVersionUnsupported,
  kafkaNodesMissing,
  kafkaZooKeeper,
  kafkaSettingRemoved,
  kafkaListenerUnauthenticated,
  kafkaListenerPlaintext,
  kafkaListenerOpen,
  kafkaAuthorizationMissing,
  kafkaUserOperatorIdle,
  kafkaUserUnusable,
  kafkaMetricsMissing,
  kafkaCompanionMissing,
  kafkaRackMissing,
  kafkaBrokersTogether,
  kafkaStorageLost,
  kafkaHeapImplicit,
  kafkaPodSecurityBaseline,
  kafkaAutoCreateTopics,
  kafkaTopicRetentionImplicit,
  kafkaTopicMinInsyncImplicit,
  kafkaReplicationOverBrokers,
  kafkaReplicationFragile,
]
