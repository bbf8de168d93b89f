import type { ClusterEnvironment } from '../../cluster-environment.ts'
import type { Component } from '../../manifest.ts'
import { redisCluster } from './cluster.ts'
import { rateLimits } from './rate-limits.ts'

/** Redis: a cluster for the services, and one that counts requests for the gateway. */
export const redisComponent = (environment: ClusterEnvironment): Component => {
  const counted = rateLimits(environment)
  return {
    name: 'redis',
    group: 'data',
    files: { cluster: redisCluster(environment), ...(counted.length === 0 ? {} : { 'rate-limits': counted }) },
  }
}
