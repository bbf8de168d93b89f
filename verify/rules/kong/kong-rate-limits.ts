import { mayBeSet } from '../../read/environment.ts'
import { servicesOf } from '../../read/services.ts'
import type { Rule } from '../../types.ts'
import { objectOf, textAt, textOf } from '../../values.ts'
import { type Declaration, declarations, isWithoutDatabase, type PluginUse, pluginUses } from './kongs.ts'

const limits = (content: Declaration['content']): readonly PluginUse[] =>
  pluginUses(content).filter(({ name }) => name === 'rate-limiting')

const policyOf = ({ config }: PluginUse): string => textOf(config.policy) ?? 'local'

const windows = ['second', 'minute', 'hour', 'day', 'month', 'year'] as const

const limitText = ({ config }: PluginUse): string =>
  windows
    .filter((window) => config[window] !== undefined)
    .map((window) => `${config[window]} a ${window}`)
    .join(' and ')

/** Each replica counts for itself with the policy `local`. */
export const kongRateLimitPerReplica: Rule = {
  id: 'kong-rate-limit-per-replica',
  severity: 'warning',
  about: 'No rate limit is counted by each replica of the gateway for itself.',
  check: (world) =>
    declarations(world).flatMap(({ content, source, sourcePath, kongs }) => {
      const replicas = Math.max(1, ...kongs.map(({ group }) => group.replicas.max))
      if (replicas === 1) return []
      return limits(content)
        .filter((use) => policyOf(use) === 'local')
        .map((use) => ({
          on: source,
          path: sourcePath,
          says: `The limit of ${limitText(use)} on ${use.on} is up to ${replicas} times that: each of ${replicas} replicas counts for itself.`,
          fix: 'Use the policy redis, or divide the limits by the number of replicas.',
        }))
    }),
}

/** Behind a balancer that hides client addresses, all clients look like one. */
export const kongRateLimitByProxy: Rule = {
  id: 'kong-rate-limit-by-proxy',
  severity: 'warning',
  about: "No rate limit counts by an address that is a node's or a load balancer's.",
  check: (world) =>
    declarations(world).flatMap(({ content, source, sourcePath, kongs }) => {
      const counting = limits(content).find(({ config }) =>
        ['ip', 'consumer'].includes(textOf(config.limit_by) ?? 'ip'),
      )
      if (counting === undefined) return []
      const hiding = kongs
        .filter(({ environment }) => !mayBeSet(environment, 'KONG_TRUSTED_IPS'))
        .flatMap(({ group }) => servicesOf(world, group))
        .find(({ object }) => {
          const spec = objectOf(object.manifest.spec)
          return ['LoadBalancer', 'NodePort'].includes(String(spec.type)) && spec.externalTrafficPolicy !== 'Local'
        })
      if (hiding === undefined) return []
      return [
        {
          on: source,
          path: sourcePath,
          says: `All clients share one count wherever no consumer is known: the Service ${hiding.object.ref.name} replaces their addresses by a node's.`,
          fix: 'Set externalTrafficPolicy: Local on the Service, or KONG_TRUSTED_IPS and KONG_REAL_IP_HEADER behind a proxy that names the client.',
        },
      ]
    }),
}

/** `cluster` needs a database. */
export const kongRateLimitCluster: Rule = {
  id: 'kong-rate-limit-cluster',
  severity: 'error',
  about: 'No rate limit is to be counted in a database that Kong runs without.',
  check: (world) =>
    declarations(world).flatMap(({ content, source, sourcePath, kongs }) =>
      limits(content)
        .filter((use) => policyOf(use) === 'cluster' && kongs.some(isWithoutDatabase))
        .map(({ on }) => ({
          on: source,
          path: sourcePath,
          says: `Kong will refuse this file and not start: the rate limit on ${on} has the policy cluster, which needs a database.`,
          fix: 'Use the policy redis.',
        })),
    ),
}

/** The plugin speaks to one host and follows no redirections of a Redis cluster. */
export const kongRateLimitRedisCluster: Rule = {
  id: 'kong-rate-limit-redis-cluster',
  severity: 'error',
  about: 'No rate limit is to be counted in a Redis Cluster, whose redirections Kong does not follow.',
  check: (world) =>
    declarations(world).flatMap(({ content, source, sourcePath }) =>
      limits(content).flatMap((use) => {
        const host = textAt(use.config, 'redis.host') ?? textOf(use.config.redis_host)
        const [name, namespace = source.ref.namespace] = host?.split('.') ?? []
        const made = world.provided.find(
          (service) => service.kind === 'Service' && service.name === name && service.namespace === namespace,
        )
        if (policyOf(use) !== 'redis' || made?.maker.ref.kind !== 'RedisCluster') return []
        return [
          {
            on: source,
            path: sourcePath,
            says: `Most counts of ${use.on} will fail with MOVED: ${host} is a Redis Cluster, and the plugin speaks to one server only.`,
            fix: 'Point it at a standalone or replicated Redis (RedisReplication).',
          },
        ]
      }),
    ),
}
