import { poolsFor, untolerated } from '../../capacity/admission.ts'
import { fits, limitsOf, none, requestsOf } from '../../capacity/needs.ts'
import { bytesText, cpuText } from '../../capacity/quantity.ts'
import { specPath } from '../../pod-template.ts'
import type { Found, NodePool, PodGroup, Rule } from '../../types.ts'

/** The pools that take a pod, or, where its labels fit none, those whose taints it tolerates: they are what is meant. */
const meant = (group: PodGroup, pools: readonly NodePool[]): readonly NodePool[] => {
  const open = poolsFor(group, pools)
  if (open.length > 0) return open
  return pools.filter((pool) => pool.taints.length > 0 && untolerated(group.spec, pool).length === 0)
}

/** The smallest nodes that a pod may come to stand on. */
const smallest = (group: PodGroup, pools: readonly NodePool[]) => {
  const needs = requestsOf(group.spec)
  const [first] = meant(group, pools)
    .flatMap(({ name, allocatable }) => (allocatable === undefined ? [] : [{ name, ...allocatable }]))
    .filter((room) => fits(needs, none, room))
    .toSorted((a, b) => a.memoryBytes - b.memoryBytes || a.cpuMillis - b.cpuMillis)
  return first
}

/** Limits that a node cannot honour: the node runs out before the pod reaches them. */
export const limitOverNode: Rule = {
  id: 'limit-over-node',
  severity: 'warning',
  about: 'No pod can take more than its node has.',
  check: (world) =>
    world.pods.flatMap((group): readonly Found[] => {
      const limits = limitsOf(group.spec)
      const node = smallest(group, world.context.pools ?? [])
      if (node === undefined) return []
      const at = { on: group.owner, path: specPath(group), fix: 'Lower the limit below what a node has for pods.' }
      return [
        ...(limits.memoryBytes > node.memoryBytes
          ? [
              {
                ...at,
                says: `A pod of ${group.name} may take ${bytesText(limits.memoryBytes)} of a node of "${node.name}" that has ${bytesText(node.memoryBytes)} for pods: before it gets there the node evicts pods or the kernel kills them.`,
              },
            ]
          : []),
        ...(limits.cpuMillis > node.cpuMillis
          ? [
              {
                ...at,
                severity: 'note' as const,
                says: `A pod of ${group.name} may take ${cpuText(limits.cpuMillis)}, a node of "${node.name}" has ${cpuText(node.cpuMillis)} for pods: the limit never holds.`,
              },
            ]
          : []),
      ]
    }),
}
