import { poolsFor } from '../../capacity/admission.ts'
import { limitsOf } from '../../capacity/needs.ts'
import { bytesText, cpuText } from '../../capacity/quantity.ts'
import { specPath } from '../../pod-template.ts'
import type { Found, Rule } from '../../types.ts'

/** Limits that a node cannot honour: the node runs out before the pod reaches them. */
export const limitOverNode: Rule = {
  id: 'limit-over-node',
  severity: 'warning',
  about: 'No pod may take more than its node has.',
  check: (world) =>
    world.pods.flatMap((group): readonly Found[] => {
      const rooms = poolsFor(group, world.context.pools ?? []).flatMap(({ name, allocatable }) =>
        allocatable === undefined ? [] : [{ name, ...allocatable }],
      )
      const limits = limitsOf(group.spec)
      const [largest] = rooms.toSorted((a, b) => b.memoryBytes - a.memoryBytes || b.cpuMillis - a.cpuMillis)
      if (largest === undefined) return []
      const at = { on: group.owner, path: specPath(group), fix: 'Lower the limit below what a node has for pods.' }
      return [
        ...(limits.memoryBytes > largest.memoryBytes
          ? [
              {
                ...at,
                says: `A pod of ${group.name} may take ${bytesText(limits.memoryBytes)} of a node of "${largest.name}" that has ${bytesText(largest.memoryBytes)} for pods: before it gets there the node evicts pods or the kernel kills them.`,
              },
            ]
          : []),
        ...(limits.cpuMillis > largest.cpuMillis
          ? [
              {
                ...at,
                severity: 'note' as const,
                says: `A pod of ${group.name} may take ${cpuText(limits.cpuMillis)}, a node of "${largest.name}" has ${cpuText(largest.cpuMillis)} for pods: the limit never holds.`,
              },
            ]
          : []),
      ]
    }),
}
