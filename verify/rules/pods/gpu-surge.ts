import { millisOf, unitsOf } from '../../capacity/quantity.ts'
import { stayingContainers } from '../../pod-template.ts'
import type { NodePool, PodGroup, Rule } from '../../types.ts'
import { objectAt, objectOf } from '../../values.ts'
import { writtenGroups } from './workloads.ts'

const isGpu = (resource: string): boolean => /(^|\.)(nvidia|amd|intel)\.com\/(gpu|mig-)/.test(resource)

/** GPUs that one pod takes. */
const gpusOf = (group: PodGroup): number =>
  stayingContainers(group).reduce((sum, { spec }) => {
    const limits = objectAt(spec, 'resources.limits')
    return (
      sum +
      Object.keys(limits)
        .filter(isGpu)
        .reduce((own, resource) => own + unitsOf(limits[resource]), 0)
    )
  }, 0)

/** How many pods a rollout of a Deployment adds at most; rounded up as the Deployment controller does. */
const surgeOf = ({ owner, replicas }: PodGroup): number => {
  const strategy = objectAt(owner.manifest, 'spec.strategy')
  if (strategy.type === 'Recreate') return 0
  const surge = objectOf(strategy.rollingUpdate).maxSurge ?? '25%'
  if (typeof surge === 'string' && surge.endsWith('%'))
    return Math.ceil((millisOf(surge.slice(0, -1)) / 1000 / 100) * replicas.count)
  return unitsOf(surge)
}

const gpusIn = (pools: readonly NodePool[]): number =>
  pools.reduce((sum, { maxNodes, allocatable }) => sum + maxNodes * (allocatable?.gpus ?? 0), 0)

/** GPU Deployments whose rollout needs one GPU more than they have. */
export const gpuSurge: Rule = {
  id: 'gpu-surge',
  severity: 'warning',
  about: 'No rollout of pods with GPUs needs a GPU that is not there.',
  check: (world) =>
    writtenGroups(world)
      .filter(({ owner }) => owner.ref.kind === 'Deployment')
      .flatMap((group) => {
        const gpus = gpusOf(group)
        const surge = surgeOf(group)
        if (gpus === 0 || surge === 0) return []
        const { pools } = world.context
        const all = pools === undefined ? undefined : gpusIn(pools)
        const needed = (group.replicas.count + surge) * gpus
        const isStuck = all !== undefined && needed > all
        return [
          {
            on: group.owner,
            path: 'spec.strategy',
            severity: isStuck ? ('error' as const) : ('warning' as const),
            says: isStuck
              ? `A rollout of ${group.name} never ends: it starts ${surge} pod(s) first, needs ${needed} GPUs for that, and there are at most ${all}.`
              : `A rollout of ${group.name} waits until ${surge * gpus} more GPU(s) are free or a new GPU node has come up.`,
            fix: 'Set spec.strategy.rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }.',
          },
        ]
      }),
}
