import type { Cluster } from '../../systems/system.ts'
import { gaugeRules } from './gauges.ts'
import type { RuleGroup } from './rule.ts'
import { serviceLevelRules } from './service-level.ts'
import { serviceRules } from './services.ts'
import { topicRules } from './topics.ts'

/** All rules of a cluster by the file that they are written to: those of the services, then those of each system. */
export const ruleSets = ({
  platform,
  environment,
  systems,
}: Cluster): Readonly<Record<string, readonly RuleGroup[]>> => ({
  'service-levels': serviceLevelRules(platform, environment),
  services: serviceRules(platform),
  topics: topicRules(platform),
  gauges: gaugeRules(platform),
  ...Object.assign({}, ...systems.map((system) => system.alerts(environment))),
})
