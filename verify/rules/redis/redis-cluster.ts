import { selects } from '../../model/selector.ts'
import type { Found, Loaded, Rule, World } from '../../types.ts'
import { isObject, objectOf, objectsOf, textAt, wholeNumber } from '../../values.ts'
import { type Redis, redises } from './redises.ts'

/** From six leaders on, somebody probably counted leaders and followers together. */
const SUSPICIOUS_SIZE = 6

/** `clusterSize` counts leaders and, again, followers (rediscluster_types.go). */
export const redisClusterDoubled: Rule = {
  id: 'redis-cluster-doubled',
  severity: 'warning',
  about: 'Every Redis cluster has a size that counts its leaders only, not leaders and followers together.',
  check: (world) =>
    redises(world)
      .filter(({ object, spec }) => {
        const isImplicit = ['redisLeader', 'redisFollower'].every((part) => objectOf(spec[part]).replicas === undefined)
        return (
          object.ref.kind === 'RedisCluster' && isImplicit && (wholeNumber(spec.clusterSize) ?? 0) >= SUSPICIOUS_SIZE
        )
      })
      .map(({ object, spec, pods }) => ({
        on: object,
        path: 'spec.clusterSize',
        says: `${pods} pods will run: clusterSize ${spec.clusterSize} means ${spec.clusterSize} leaders and as many followers.`,
        fix: `Set clusterSize to ${Number(spec.clusterSize) / 2} if ${spec.clusterSize} pods are meant, or say redisLeader.replicas and redisFollower.replicas.`,
      })),
}

/** Only a cluster has the switch; the other kinds keep what their storage says. */
export const redisPersistenceOff: Rule = {
  id: 'redis-persistence-off',
  severity: 'error',
  about: 'Every Redis cluster has storage and uses what it declares.',
  check: (world) =>
    redises(world).flatMap(({ object, spec }): readonly Found[] => {
      if (object.ref.kind !== 'RedisCluster' || spec.persistenceEnabled === true) return []
      const size = textAt(spec, 'storage.volumeClaimTemplate.spec.resources.requests.storage')
      if (size === undefined) return []
      return [
        {
          on: object,
          path: 'spec.storage',
          says: `The volumes of ${size} are never made and all data goes away with the pods: persistenceEnabled is not true.`,
          fix: 'Set spec.persistenceEnabled to true.',
        },
      ]
    }),
}

/** A node that forgets who it is comes back as a stranger. */
export const redisNodesForgotten: Rule = {
  id: 'redis-nodes-forgotten',
  severity: 'warning',
  about: 'Every node of a Redis cluster keeps its list of nodes on a volume.',
  check: (world) =>
    redises(world)
      .filter(
        ({ object, spec }) => object.ref.kind === 'RedisCluster' && objectOf(spec.storage).nodeConfVolume !== true,
      )
      .map(({ object }) => ({
        on: object,
        path: 'spec.storage',
        says: 'A pod that moves comes back as a node that the cluster does not know: nodes.conf has no volume.',
        fix: 'Set storage.nodeConfVolume to true with a nodeConfVolumeClaimTemplate.',
      })),
}

/** The operator's finalizer deletes claims unless it is told to keep them. */
export const redisDeletedWithResource: Rule = {
  id: 'redis-deleted-with-resource',
  severity: 'warning',
  about: 'No volume of a Redis is deleted with its custom resource.',
  check: (world) =>
    redises(world)
      .filter(({ spec }) => isObject(spec.storage) && spec.storage.keepAfterDelete !== true)
      .map(({ object }) => ({
        on: object,
        path: 'spec.storage',
        says: `Deleting the ${object.ref.kind}, also by mistake, deletes its volumes.`,
        fix: 'Set storage.keepAfterDelete to true.',
      })),
}

/** A leader and its follower on one node are one copy. */
export const redisPodsTogether: Rule = {
  id: 'redis-pods-together',
  severity: 'warning',
  about: 'No Redis leader stands on one node with its follower.',
  check: (world) =>
    redises(world).flatMap((redis) =>
      lackingPart(redis, (part) => isObject(part.affinity) || objectsOf(part.topologySpreadConstraints).length > 0).map(
        (path) => ({
          on: redis.object,
          path,
          says: 'A leader and its follower may stand on one node, and their keys are gone with it.',
          fix: 'Set podAntiAffinity over hosts and spread over zones.',
        }),
      ),
    ),
}

/** Drains take nodes one after another, but not Redis's pods. */
export const redisDisruptionBudgetMissing: Rule = {
  id: 'redis-disruption-budget-missing',
  severity: 'warning',
  about: 'No eviction takes all pods of a Redis at once.',
  check: (world) =>
    redises(world)
      .filter(({ object }) => !isBudgeted(world, object))
      .flatMap((redis) =>
        lackingPart(redis, (part) => objectOf(part.pdb).enabled === true).map((path) => ({
          on: redis.object,
          path,
          says: 'An upgrade of the nodes may evict all of these pods at once and the cluster stops.',
          fix: 'Set pdb.enabled with maxUnavailable 1.',
        })),
      ),
}

const isBudgeted = (world: World, object: Loaded): boolean => {
  const groups = world.pods.filter(({ owner }) => owner === object)
  const budgets = world.ofKind('PodDisruptionBudget', 'policy')
  return (
    groups.length > 0 &&
    groups.every(({ namespace, labels }) =>
      budgets.some(
        ({ ref, manifest }) => ref.namespace === namespace && selects(objectOf(manifest.spec).selector, labels),
      ),
    )
  )
}

/** Paths of the parts (or of the whole) that run more than one pod and do not pass `has`. */
const lackingPart = ({ spec, parts, pods }: Redis, has: (part: Redis['spec']) => boolean): readonly string[] => {
  if (pods < 2) return []
  if (parts.length === 0) return has(spec) ? [] : ['spec']
  const lacking = parts.filter((part) => !has(objectOf(spec[part])))
  return lacking.length === parts.length ? ['spec'] : lacking.map((part) => `spec.${part}`)
}
