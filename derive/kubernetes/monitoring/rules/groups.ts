import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { clickhouseRules } from '../../systems/clickhouse/alerts.ts'
import { gatewayRules } from '../../systems/gateway/alerts.ts'
import { inferenceRules } from '../../systems/inference/alerts.ts'
import { kafkaRules } from '../../systems/kafka/alerts.ts'
import { postgresRules } from '../../systems/postgres/alerts.ts'
import { monitoringRules } from '../../systems/prometheus/alerts.ts'
import { redisRules } from '../../systems/redis/alerts.ts'
import { vectorRules } from '../../systems/weaviate/alerts.ts'
import { credentialRules } from './credentials.ts'
import { gaugeRules } from './gauges.ts'
import { nodeRules } from './nodes.ts'
import type { RuleGroup } from './rule.ts'
import { serviceLevelRules } from './service-level.ts'
import { serviceRules } from './services.ts'
import { topicRules } from './topics.ts'
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
