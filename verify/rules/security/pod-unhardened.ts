import { specPath } from '../../pod-template.ts'
import type { Rule } from '../../types.ts'
import { enforcedLevels } from './namespace-levels.ts'
import { certainViolations } from './pod-security-violated.ts'
import { podView } from './standards/pod-view.ts'
import { violationsOf } from './standards/violations.ts'

/** Pods that nothing confines: they would not meet `restricted`, and their namespace does not ask for it. */
export const podUnhardened: Rule = {
  id: 'pod-unhardened',
  severity: 'warning',
  about: 'Every pod gives up root, privilege escalation and capabilities, also where no namespace makes it.',
  check: (world) => {
    const enforced = enforcedLevels(world)
    const minor = Number(world.context.kubernetesVersion.split('.')[1])
    return world.pods.flatMap((group) => {
      const level = enforced.get(group.namespace)?.level
      if (level === 'restricted') return []
      const violations = certainViolations(group, violationsOf(podView(group), 'restricted', minor))
      if (violations.length === 0) return []
      return [
        {
          on: group.owner,
          path: specPath(group),
          says: `Whoever takes over a process of ${group.name} keeps rights that it does not need: ${violations.map(({ says }) => says).join('; ')}.`,
          fix: 'Set what is named, so that the pods meet Pod Security "restricted".',
        },
      ]
    })
  },
}
