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

/** Every rule, by family. */
export const rules: readonly Rule[] = [
  ...schemaRules,
  ...referencesRules,
  ...networkRules,
  ...podsRules,
  ...securityRules,
  ...imagesRules,
  ...storageRules,
  ...capacityRules,
  ...kafkaRules,
  ...postgresRules,
  ...clickhouseRules,
  ...redisRules,
  ...kongRules,
  ...inferenceRules,
  ...weaviateRules,
  ...monitoringRules,
  ...deliveryRules,
]
