import type { Rule } from '../../types.ts'
import {
  redisClusterDoubled,
  redisDeletedWithResource,
  redisDisruptionBudgetMissing,
  redisNodesForgotten,
  redisPersistenceOff,
  redisPodsTogether,
} from './redis-cluster.ts'
import { redisAuthenticationMissing, redisMemoryUnbounded, redisTlsMissing } from './redis-server.ts'

export const redisRules: readonly Rule[] = [
  redisClusterDoubled,
  redisPersistenceOff,
  redisNodesForgotten,
  redisDeletedWithResource,
  redisPodsTogether,
  redisDisruptionBudgetMissing,
  redisAuthenticationMissing,
  redisTlsMissing,
  redisMemoryUnbounded,
]
