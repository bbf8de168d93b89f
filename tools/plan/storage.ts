import { type JsonObject, unitsOf, type World } from '@knowton/verify'

/** Volumes of one system in one storage class. */
export type StorageRow = {
  /** `default` where the files leave the class to the cluster. */
  readonly storageClass: string
  readonly system: string
  readonly volumes: number
  readonly gib: number
}

const GIB = 1024 ** 3

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const field = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((found, key) => (isObject(found) ? found[key] : undefined), value)

const named = (value: unknown): string => (typeof value === 'string' ? value : 'default')

/** Every volume that the files ask for: claims of pods' own, and claims that stand by themselves. */
export const storageOf = (world: World): readonly StorageRow[] => {
  const rows = [
    ...world.pods.flatMap(({ name, ownClaims, replicas }) =>
      ownClaims.map(({ storage, storageClass }) => ({
        storageClass: named(storageClass),
        system: name,
        volumes: replicas.count,
        gib: (unitsOf(storage) / GIB) * replicas.count,
      })),
    ),
    ...world.ofKind('PersistentVolumeClaim', '').map(({ ref, manifest }) => ({
      storageClass: named(field(manifest.spec, 'storageClassName')),
      system: ref.name,
      volumes: 1,
      gib: unitsOf(field(manifest.spec, 'resources', 'requests', 'storage')) / GIB,
    })),
  ]
  return [...Map.groupBy(rows, ({ storageClass, system }) => `${storageClass} ${system}`).values()]
    .flatMap((same) => {
      const [first] = same
      if (first === undefined) return []
      const sum = (of: (row: StorageRow) => number) => same.reduce((total, row) => total + of(row), 0)
      return [{ ...first, volumes: sum((row) => row.volumes), gib: sum((row) => row.gib) }]
    })
    .toSorted((a, b) => (a.storageClass < b.storageClass ? -1 : a.storageClass > b.storageClass ? 1 : b.gib - a.gib))
}
