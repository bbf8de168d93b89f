import type { Rule } from '../../types.ts'
import { isObject, objectOf, textOf, textsOf, valueAt } from '../../values.ts'
import { redises } from './redises.ts'

/** Whoever reaches the port may do everything. */
export const redisAuthenticationMissing: Rule = {
  id: 'redis-authentication-missing',
  severity: 'error',
  about: 'Every Redis asks its clients for a password.',
  check: (world) =>
    redises(world)
      .filter(({ server, spec }) => !isObject(server.redisSecret) && !isObject(spec.acl))
      .map(({ object }) => ({
        on: object,
        path: 'spec.kubernetesConfig',
        says: 'Every pod that reaches port 6379 may read, change and flush everything: no password is set.',
        fix: 'Name a Secret in kubernetesConfig.redisSecret, or ACLs in spec.acl.',
      })),
}

/** Passwords and keys as plain text. */
export const redisTlsMissing: Rule = {
  id: 'redis-tls-missing',
  severity: 'warning',
  about: 'Every Redis speaks TLS.',
  check: (world) =>
    redises(world)
      .filter(({ spec }) => !isObject(spec.TLS))
      .map(({ object }) => ({
        on: object,
        path: 'spec',
        says: 'Whoever can read the network of the cluster reads the password and every value.',
        fix: 'Set spec.TLS with a certificate.',
      })),
}

/** Without a bound of its own Redis grows until the kernel kills it. */
export const redisMemoryUnbounded: Rule = {
  id: 'redis-memory-unbounded',
  severity: 'warning',
  about: 'Every Redis bounds its memory itself, below the limit of its pod.',
  check: (world) =>
    redises(world)
      .filter(({ spec }) => {
        const config = ['redisConfig', 'redisLeader.redisConfig'].map((path) => objectOf(valueAt(spec, path)))
        return !config.some(
          ({ maxMemoryPercentOfLimit, additionalRedisConfig, dynamicConfig }) =>
            maxMemoryPercentOfLimit !== undefined ||
            textOf(additionalRedisConfig) !== undefined ||
            textsOf(dynamicConfig).some((line) => line.startsWith('maxmemory ')),
        )
      })
      .map(({ object }) => ({
        on: object,
        path: 'spec.redisConfig',
        says: 'Redis will be killed when its data reaches the memory limit, instead of evicting keys or refusing writes.',
        fix: 'Set redisConfig.maxMemoryPercentOfLimit and a maxmemory-policy.',
      })),
}
