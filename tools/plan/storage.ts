import { textAt, unitsOf, valueAt, type World } from '@knowton/verify'

/** Volumes of one system in one storage class. */
export type StorageRow = {
  /** `default` where the files leave the class to the cluster. */
  readonly storageClass: string
  readonly system: string
  readonly volumes: number
  readonly gib: number
}

const GIB = 1024 ** 3

const named = (storageClass: string | undefined): string => storageClass ?? 'default'

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
      storageClass: named(textAt(manifest, 'spec.storageClassName')),
      system: ref.name,
      volumes: 1,
      gib: unitsOf(valueAt(manifest, 'spec.resources.requests.storage')) / GIB,
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
