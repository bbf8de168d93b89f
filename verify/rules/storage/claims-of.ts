import { containersOf } from '../../pod-template.ts'
import type { Loaded, PodGroup, World } from '../../types.ts'
import { objectOf, objectsOf, textOf, textsAt } from '../../values.ts'

/** A claim that pods mount by name, all the same one. */
export type SharedClaim = {
  readonly name: string
  /** Index in the pod's `volumes`. */
  readonly index: number
  readonly volume: string
  /** The PersistentVolumeClaim, where the files hold it. */
  readonly claim: Loaded | undefined
  readonly isReadOnly: boolean
}

/** The claims that the pods of a group mount by name. */
export const sharedClaims = (world: World, group: PodGroup): readonly SharedClaim[] =>
  objectsOf(group.spec.volumes).flatMap((volume, index) => {
    const source = objectOf(volume.persistentVolumeClaim)
    const name = textOf(source.claimName)
    if (name === undefined) return []
    const mounts = containersOf(group).flatMap(({ spec }) =>
      objectsOf(spec.volumeMounts).filter((mount) => mount.name === volume.name),
    )
    const claim = world
      .ofKind('PersistentVolumeClaim', '')
      .find(({ ref }) => ref.namespace === group.namespace && ref.name === name)
    const isReadOnly =
      source.readOnly === true || (mounts.length > 0 && mounts.every((mount) => mount.readOnly === true))
    return [{ name, index, volume: String(volume.name), claim, isReadOnly }]
  })

/** How many nodes may mount a claim: several, one, or nobody knows because the files do not hold it. */
export const sharing = ({ claim }: SharedClaim): 'many' | 'one' | 'unknown' => {
  if (claim === undefined) return 'unknown'
  const modes = textsAt(claim.manifest, 'spec.accessModes')
  return modes.includes('ReadWriteMany') || modes.includes('ReadOnlyMany') ? 'many' : 'one'
}
