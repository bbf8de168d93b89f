import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { clickhouseRules } from './clickhouse.ts'
import { credentialRules } from './credentials.ts'
import { gatewayRules } from './gateway.ts'
import { gaugeRules } from './gauges.ts'
import { inferenceRules } from './inference.ts'
import { kafkaRules } from './kafka.ts'
import { monitoringRules } from './monitoring.ts'
import { nodeRules } from './nodes.ts'
import { postgresRules } from './postgres.ts'
import { redisRules } from './redis.ts'
import type { RuleGroup } from './rule.ts'
import { serviceLevelRules } from './service-level.ts'
import { serviceRules } from './services.ts'
import { topicRules } from './topics.ts'
import { vectorRules } from './vectors.ts'
import { workloadRules } from './workloads.ts'

/** All rules of a cluster by the file that they are written to. */
export const ruleSets = (
  platform: PlatformShape,
  environment: ClusterEnvironment,
): Readonly<Record<string, readonly RuleGroup[]>> => ({
  'service-levels': serviceLevelRules(platform, environment),
  services: serviceRules(platform),
  topics: topicRules(platform),
  gauges: gaugeRules(platform),
  gateway: gatewayRules,
  kafka: kafkaRules(environment),
  postgres: postgresRules(environment),
  clickhouse: clickhouseRules(environment),
  redis: redisRules,
  weaviate: vectorRules(environment),
  inference: inferenceRules(environment),
  kubernetes: [...workloadRules(environment), ...nodeRules],
  credentials: credentialRules,
  monitoring: monitoringRules(environment),
})
