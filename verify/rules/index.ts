import type { Rule } from '../types.ts'
import { capacityRules } from './capacity/index.ts'
import { clickhouseRules } from './clickhouse/index.ts'
import { deliveryRules } from './delivery/index.ts'
import { imagesRules } from './images/index.ts'
import { inferenceRules } from './inference/index.ts'
import { kafkaRules } from './kafka/index.ts'
import { kongRules } from './kong/index.ts'
import { monitoringRules } from './monitoring/index.ts'
import { networkRules } from './network/index.ts'
import { podsRules } from './pods/index.ts'
import { postgresRules } from './postgres/index.ts'
import { redisRules } from './redis/index.ts'
import { referencesRules } from './references/index.ts'
import { schemaRules } from './schema/index.ts'
import { securityRules } from './security/index.ts'
import { storageRules } from './storage/index.ts'
import { weaviateRules } from './weaviate/index.ts'

/** Rules that belong together: `name` is their folder, which also holds `examples/<id>.yaml` for each of them. */
export type RuleFamily = { readonly name: string; readonly title: string; readonly rules: readonly Rule[] }

/** Every rule, by family. */
export const ruleFamilies: readonly RuleFamily[] = [
  { name: 'schema', title: 'What the API server takes', rules: schemaRules },
  { name: 'references', title: 'What objects name', rules: referencesRules },
  { name: 'network', title: 'What may reach what', rules: networkRules },
  { name: 'pods', title: 'Pods and what scales and replaces them', rules: podsRules },
  { name: 'security', title: 'Rights of pods and people, secrets', rules: securityRules },
  { name: 'images', title: 'Images and versions', rules: imagesRules },
  { name: 'storage', title: 'Volumes', rules: storageRules },
  { name: 'capacity', title: 'Nodes and what fits on them', rules: capacityRules },
  { name: 'kafka', title: 'Kafka (Strimzi)', rules: kafkaRules },
  { name: 'postgres', title: 'PostgreSQL (CloudNativePG)', rules: postgresRules },
  { name: 'clickhouse', title: 'ClickHouse (Altinity)', rules: clickhouseRules },
  { name: 'redis', title: 'Redis (OT-CONTAINER-KIT)', rules: redisRules },
  { name: 'kong', title: 'Kong', rules: kongRules },
  { name: 'inference', title: 'Model servers', rules: inferenceRules },
  { name: 'weaviate', title: 'Weaviate', rules: weaviateRules },
  { name: 'monitoring', title: 'Prometheus and Grafana', rules: monitoringRules },
  { name: 'delivery', title: 'Argo CD and GitHub workflows', rules: deliveryRules },
]

/** Every rule. */
export const rules: readonly Rule[] = ruleFamilies.flatMap((family) => family.rules)
