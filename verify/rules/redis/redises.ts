import type { JsonObject, Loaded, World } from '../../types.ts'
import { objectOf, wholeNumber } from '../../values.ts'

/** A Redis of OT-CONTAINER-KIT's operator: a sharded cluster, a replicated or a single server. */
export type Redis = {
  readonly object: Loaded
  readonly spec: JsonObject
  /** `spec.kubernetesConfig` */
  readonly server: JsonObject
  /** How many pods there will be. */
  readonly pods: number
  /** The parts whose pods have settings of their own: `redisLeader` and `redisFollower` of a cluster, else none. */
  readonly parts: readonly string[]
}

const group = 'redis.redis.opstreelabs.in'

/** Every Redis of the files. */
export const redises = (world: World): readonly Redis[] =>
  ['RedisCluster', 'RedisReplication', 'Redis'].flatMap((kind) =>
    world.ofKind(kind, group).map((object) => {
      const spec = objectOf(object.manifest.spec)
      const size = wholeNumber(spec.clusterSize) ?? 1
      const parts = kind === 'RedisCluster' ? ['redisLeader', 'redisFollower'] : []
      const pods = parts.reduce((sum, part) => sum + (wholeNumber(objectOf(spec[part]).replicas) ?? size), 0)
      return { object, spec, server: objectOf(spec.kubernetesConfig), parts, pods: parts.length === 0 ? size : pods }
    }),
  )
