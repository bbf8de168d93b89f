import type { Rule } from '../../types.ts'
import { textOf, valueAt } from '../../values.ts'
import { parseImage } from './image-reference.ts'

const kinds = ['Redis', 'RedisCluster', 'RedisReplication', 'RedisSentinel']
const GROUP = 'redis.redis.opstreelabs.in'
const PATH = 'spec.kubernetesConfig.image'

/** Images without the entrypoint that OT's operator relies on (OT-CONTAINER-KIT/redis-operator#1470). */
const vanilla = /^docker\.io\/(library|bitnami|valkey)\/(redis|valkey)$/

/** Images that an operator starts and that do not do what it expects of them. */
export const imageWrongForOperator: Rule = {
  id: 'image-wrong-for-operator',
  severity: 'error',
  about: 'Every image that a custom resource names is one that its operator can run.',
  check: (world) =>
    kinds.flatMap((kind) =>
      world.ofKind(kind, GROUP).flatMap((object) => {
        const image = textOf(valueAt(object.manifest, PATH))
        if (image === undefined || !vanilla.test(parseImage(image).repository)) return []
        return [
          {
            on: object,
            path: PATH,
            says: `The pods run and no cluster forms: "${image}" does not read the settings that the operator gives it.`,
            fix: 'Use quay.io/opstree/redis of the same version, by digest.',
          },
        ]
      }),
    ),
}
