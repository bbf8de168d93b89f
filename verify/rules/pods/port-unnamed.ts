import { joined, stayingContainers } from '../../pod-template.ts'
import type { Rule } from '../../types.ts'
import { objectsOf } from '../../values.ts'
import { writtenGroups } from './workloads.ts'

/** Ports that others can only point at by number. */
export const portUnnamed: Rule = {
  id: 'port-unnamed',
  severity: 'note',
  about: 'Every port of a container has a name, so that Services and monitors need no numbers.',
  check: (world) =>
    writtenGroups(world).flatMap((group) =>
      stayingContainers(group).flatMap(({ name, path, spec }) =>
        objectsOf(spec.ports).flatMap((port, index) =>
          port.name === undefined
            ? [
                {
                  on: group.owner,
                  path: joined(path, `ports[${index}]`),
                  says: `Whoever points at port ${String(port.containerPort)} of "${name}" must follow when its number changes; a PodMonitor cannot point at it by name.`,
                  fix: 'Give the port a name.',
                },
              ]
            : [],
        ),
      ),
    ),
}
