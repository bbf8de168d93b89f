import type { JsonObject, Loaded, World } from '../../types.ts'
import { objectAt, objectOf, objectsOf, textOf, textsOf, wholeNumber } from '../../values.ts'

/** A Kafka cluster of Strimzi with what belongs to it. */
export type Kafka = {
  readonly object: Loaded
  readonly name: string
  readonly namespace: string | undefined
  /** `spec.kafka` */
  readonly spec: JsonObject
  /** `spec.kafka.config` */
  readonly config: JsonObject
  readonly listeners: readonly JsonObject[]
  readonly pools: readonly Loaded[]
  readonly brokers: number
}

const clusterLabel = 'strimzi.io/cluster'

/** The objects of `kind` that are labelled as parts of a cluster. */
export const partsOf = (world: World, kind: string, { name, namespace }: Pick<Kafka, 'name' | 'namespace'>) =>
  world
    .ofKind(kind, 'kafka.strimzi.io')
    .filter(({ ref, manifest }) => ref.namespace === namespace && manifest.metadata.labels?.[clusterLabel] === name)

/** Every Kafka cluster of the files. */
export const kafkas = (world: World): readonly Kafka[] =>
  world.ofKind('Kafka', 'kafka.strimzi.io').map((object) => {
    const { name, namespace } = object.ref
    const spec = objectAt(object.manifest, 'spec.kafka')
    const pools = partsOf(world, 'KafkaNodePool', { name, namespace })
    const brokerPools = pools.filter(({ manifest }) => textsOf(objectOf(manifest.spec).roles).includes('broker'))
    const ofPools = brokerPools.reduce(
      (sum, { manifest }) => sum + (wholeNumber(objectOf(manifest.spec).replicas) ?? 0),
      0,
    )
    return {
      object,
      name,
      namespace,
      spec,
      config: objectOf(spec.config),
      listeners: objectsOf(spec.listeners),
      pools,
      brokers: pools.length > 0 ? ofPools : (wholeNumber(spec.replicas) ?? 0),
    }
  })

/** The topics that are declared for a cluster. */
export const topicsOf = (world: World, kafka: Kafka): readonly Loaded[] => partsOf(world, 'KafkaTopic', kafka)

/** What a listener or a user proves itself by. */
export const authenticationOf = (holder: JsonObject): string | undefined => textOf(objectOf(holder.authentication).type)
