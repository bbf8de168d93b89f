import { containersOf } from '../../pod-template.ts'
import { servicesOf } from '../../read/services.ts'
import type { PodGroup, Rule } from '../../types.ts'
import { objectsOf, textOf } from '../../values.ts'

const lasting = new Set(['Deployment', 'StatefulSet'])

/** Ports for measuring are reached pod by pod. */
const isForCallers = (name: string): boolean => !/metric|prom|status|health|probe|admin/i.test(name)

const portsOf = (group: PodGroup): readonly string[] =>
  containersOf(group)
    .flatMap(({ spec }) => objectsOf(spec.ports))
    .filter(({ name }) => isForCallers(textOf(name) ?? ''))
    .map(({ containerPort }) => String(containerPort))

/** Pods that serve and that nobody can find. */
export const workloadUnserved: Rule = {
  id: 'workload-unserved',
  severity: 'warning',
  about: 'Every workload that listens on ports is led to by a Service.',
  check: (world) =>
    world.pods
      .filter((group) => !group.modelled && lasting.has(group.owner.ref.kind))
      .filter((group) => portsOf(group).length > 0 && servicesOf(world, group).length === 0)
      .map((group) => ({
        on: group.owner,
        path: 'metadata.name',
        says: `Nobody finds ${group.name} by name: no Service leads to port ${portsOf(group).join(', ')} of its pods, whose addresses change.`,
        fix: 'Add a Service that selects them, or remove the ports.',
      })),
}
