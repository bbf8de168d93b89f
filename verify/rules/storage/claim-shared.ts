import { joined, specPath } from '../../pod-template.ts'
import type { Found, PodGroup, Rule, World } from '../../types.ts'
import { objectAt, objectOf } from '../../values.ts'
import { type SharedClaim, sharedClaims, sharing } from './claims-of.ts'

type Use = { readonly group: PodGroup; readonly shared: SharedClaim }

/** Whether a rollout starts the new pod while the old one still holds the volume. */
const overlaps = ({ owner }: PodGroup): boolean => {
  if (owner.ref.kind !== 'Deployment') return false
  const strategy = objectAt(owner.manifest, 'spec.strategy')
  const surge = objectOf(strategy.rollingUpdate).maxSurge
  return strategy.type !== 'Recreate' && surge !== 0 && surge !== '0%'
}

const unless = (shared: SharedClaim): string =>
  sharing(shared) === 'unknown' ? ' (unless the claim, which no file here holds, is ReadWriteMany)' : ''

const wordsFor = ({ group, shared }: Use, others: readonly Use[]): Pick<Found, 'says' | 'fix'> | undefined => {
  const other = others.find((use) => use.group !== group)
  if (group.replicas.max > 1)
    return {
      says: `Only the pods on one node can mount the claim "${shared.name}"; the others of ${group.name} stay at ContainerCreating, and two on one node write to the same files${unless(shared)}.`,
      fix: 'Give each pod a claim of its own (a StatefulSet with volumeClaimTemplates), or use ReadWriteMany storage.',
    }
  if (other !== undefined && sharing(shared) === 'one')
    return {
      says: `"${shared.name}" is mounted by ${other.group.name} as well: whichever pod comes second on another node stays at ContainerCreating.`,
      fix: 'Give each workload a claim of its own, or use ReadWriteMany storage.',
    }
  if (overlaps(group))
    return {
      says: `A rollout of ${group.name} stops: the new pod waits for the claim "${shared.name}" that the old one holds until the new one is ready${unless(shared)}.`,
      fix: 'Set spec.strategy.type: Recreate.',
    }
  return undefined
}

const usesOf = (world: World): readonly Use[] =>
  world.pods
    .filter(({ modelled }) => !modelled)
    .flatMap((group) => sharedClaims(world, group).map((shared) => ({ group, shared })))
    .filter(({ shared }) => sharing(shared) !== 'many' && !(sharing(shared) === 'unknown' && shared.isReadOnly))

/** Claims that one node can mount and that several pods need. */
export const claimShared: Rule = {
  id: 'claim-shared',
  severity: 'error',
  about: 'No claim that one node can mount is mounted by several pods at a time.',
  check: (world) => {
    const uses = usesOf(world)
    const byClaim = Map.groupBy(uses, ({ group, shared }) => `${group.namespace}/${shared.name}`)
    return uses.flatMap((use) => {
      const words = wordsFor(use, byClaim.get(`${use.group.namespace}/${use.shared.name}`) ?? [])
      if (words === undefined) return []
      const path = joined(specPath(use.group), `volumes[${use.shared.index}]`)
      return [{ on: use.group.owner, path, ...words }]
    })
  },
}
