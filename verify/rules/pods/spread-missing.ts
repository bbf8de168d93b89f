import { joined, specPath } from '../../pod-template.ts'
import type { Rule } from '../../types.ts'
import { objectAt, objectsOf } from '../../values.ts'
import { servingGroups } from './workloads.ts'

/** Workloads of several pods that may all stand on one node. */
export const spreadMissing: Rule = {
  id: 'spread-missing',
  severity: 'warning',
  about: 'Every workload of two pods or more is spread over nodes.',
  check: (world) =>
    servingGroups(world)
      .filter(({ replicas, spec }) => {
        const anti = objectAt(spec, 'affinity.podAntiAffinity')
        const terms = Object.values(anti).flatMap(objectsOf)
        return replicas.count > 1 && terms.length === 0 && objectsOf(spec.topologySpreadConstraints).length === 0
      })
      .map((group) => ({
        on: group.owner,
        path: joined(specPath(group), 'topologySpreadConstraints'),
        says: `All ${group.replicas.count} pods of ${group.name} may stand on one node and go with it.`,
        fix: 'Add topologySpreadConstraints over kubernetes.io/hostname and topology.kubernetes.io/zone, or podAntiAffinity.',
      })),
}
