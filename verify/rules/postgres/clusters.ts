import type { JsonObject, Loaded, World } from '../../types.ts'
import { isObject, objectAt, objectOf, objectsOf, textAt, valueAt, wholeNumber } from '../../values.ts'

/** A PostgreSQL cluster of CloudNativePG. */
export type Cluster = {
  readonly object: Loaded
  readonly name: string
  readonly spec: JsonObject
  readonly instances: number
  /** `spec.postgresql.parameters` */
  readonly parameters: JsonObject
}

const group = 'postgresql.cnpg.io'

/** Every PostgreSQL cluster of the files. */
export const clusters = (world: World): readonly Cluster[] =>
  world.ofKind('Cluster', group).map((object) => {
    const spec = objectOf(object.manifest.spec)
    return {
      object,
      name: object.ref.name,
      spec,
      instances: wholeNumber(spec.instances) ?? 1,
      parameters: objectAt(spec, 'postgresql.parameters'),
    }
  })

/** Clusters that serve: those that are restored from a backup, to see whether they can be, are left out. */
export const servingClusters = (world: World): readonly Cluster[] =>
  clusters(world).filter(({ spec }) => !isObject(valueAt(spec, 'bootstrap.recovery')))

/** Objects of `kind` that name the cluster in `spec.cluster.name`. */
export const dependentsOf = (world: World, kind: string, { object, name }: Cluster): readonly Loaded[] =>
  world
    .ofKind(kind, group)
    .filter(
      ({ ref, manifest }) => ref.namespace === object.ref.namespace && textAt(manifest, 'spec.cluster.name') === name,
    )

/** Whether the cluster's write-ahead log is archived, by the tree's own code or by a plugin. */
export const archives = ({ spec }: Cluster): boolean =>
  isObject(valueAt(spec, 'backup.barmanObjectStore')) ||
  objectsOf(spec.plugins).some(({ isWALArchiver }) => isWALArchiver === true)
