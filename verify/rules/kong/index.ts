import type { Rule } from '../../types.ts'
import { kongConfigFrozen, kongConfigIgnored, kongConfigMissing, kongDatabaseUnprepared } from './kong-database.ts'
import {
  kongAdminExposed,
  kongAdminUnreachable,
  kongCertificateDefault,
  kongMetricsMissing,
  kongStatusOff,
} from './kong-listeners.ts'
import {
  kongRateLimitByProxy,
  kongRateLimitCluster,
  kongRateLimitPerReplica,
  kongRateLimitRedisCluster,
} from './kong-rate-limits.ts'
import {
  kongCorsNarrow,
  kongCorsUneven,
  kongJwtExpiryUnchecked,
  kongJwtWithoutConsumer,
  kongPathStripped,
  kongRouteOpen,
} from './kong-routes.ts'

export const kongRules: readonly Rule[] = [
  kongConfigIgnored,
  kongConfigMissing,
  kongConfigFrozen,
  kongDatabaseUnprepared,
  kongPathStripped,
  kongJwtWithoutConsumer,
  kongJwtExpiryUnchecked,
  kongRouteOpen,
  kongCorsNarrow,
  kongCorsUneven,
  kongRateLimitPerReplica,
  kongRateLimitByProxy,
  kongRateLimitCluster,
  kongRateLimitRedisCluster,
  kongAdminExposed,
  kongAdminUnreachable,
  kongStatusOff,
  kongMetricsMissing,
  kongCertificateDefault,
]
