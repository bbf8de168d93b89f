import { quoted } from '../../pod-template.ts'
import type { Rule } from '../../types.ts'
import { objectAt } from '../../values.ts'

/** Sets of claims some of which name their class and some leave it to the cluster's default. */
export const storageClassImplicit: Rule = {
  id: 'storage-class-implicit',
  severity: 'warning',
  about: 'Every claim of a workload names its storage class, or none of them does.',
  check: (world) =>
    world.pods.flatMap((group) => {
      const named = group.ownClaims.find(({ storageClass }) => storageClass !== undefined)
      const unnamed = group.ownClaims.filter(({ storageClass }) => storageClass === undefined)
      if (named === undefined || unnamed.length === 0) return []
      return [
        {
          on: group.owner,
          path: group.modelled ? group.path : 'spec.volumeClaimTemplates',
          says: `The volumes ${quoted(unnamed.map(({ name }) => name))} of ${group.name} get the cluster's default class, not ${named.storageClass} as its others.`,
          fix: `Set storageClassName: ${named.storageClass} on them too.`,
        },
      ]
    }),
}

/** StatefulSets whose data goes with them. */
export const claimsDeleted: Rule = {
  id: 'claim-deleted-with-set',
  severity: 'warning',
  about: 'No data of a StatefulSet is deleted with it, or when it is scaled down.',
  check: (world) =>
    world.ofKind('StatefulSet', 'apps').flatMap((set) => {
      const policy = objectAt(set.manifest, 'spec.persistentVolumeClaimRetentionPolicy')
      const when = [
        ...(policy.whenDeleted === 'Delete' ? ['deletes the set'] : []),
        ...(policy.whenScaled === 'Delete' ? ['scales it down'] : []),
      ]
      if (when.length === 0) return []
      return [
        {
          on: set,
          path: 'spec.persistentVolumeClaimRetentionPolicy',
          says: `Whoever ${when.join(' or ')} deletes the claims of its pods.`,
          fix: 'Set whenDeleted and whenScaled to Retain.',
        },
      ]
    }),
}
