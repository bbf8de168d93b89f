import { specPath } from '../../pod-template.ts'
import type { PodGroup, Rule } from '../../types.ts'
import { enforcedLevels } from './namespace-levels.ts'
import { podView, type Violation } from './standards/pod-view.ts'
import { levels, violationsOf } from './standards/violations.ts'

const makers: Readonly<Record<string, string>> = {
  Deployment: 'The ReplicaSet cannot create its pods',
  StatefulSet: 'The StatefulSet cannot create its pods',
  DaemonSet: 'The DaemonSet cannot create its pods',
  ReplicaSet: 'The ReplicaSet cannot create its pods',
  Job: 'The Job cannot create its pods',
  CronJob: 'Its Jobs cannot create their pods',
  Pod: 'The API server refuses the pod',
}

/**
 * Custom resources whose operators hand the pod's security settings on as they are written and add none of their own:
 * ClickHouse's and its Keeper's pod templates are pod specs, Redis takes podSecurityContext and securityContext.
 */
const asWritten = new Set([
  'ClickHouseInstallation',
  'ClickHouseKeeperInstallation',
  'Redis',
  'RedisCluster',
  'RedisReplication',
])

/** What the files say for sure: of pods that an operator completes only what they say wrongly counts. */
export const certainViolations = (group: PodGroup, violations: readonly Violation[]): readonly Violation[] =>
  group.modelled && !asWritten.has(group.owner.ref.kind) ? violations.filter(({ silent }) => !silent) : violations

/** Pods that the Pod Security level of their own namespace refuses. */
export const podSecurityViolated: Rule = {
  id: 'pod-security-violated',
  severity: 'error',
  about: 'Every pod meets the Pod Security level that its namespace enforces.',
  check: (world) => {
    const enforced = enforcedLevels(world)
    return world.pods.flatMap((group) => {
      const { level: name, minor = 0 } = enforced.get(group.namespace) ?? {}
      const level = levels.find((one) => one === name)
      if (level === undefined) return []
      const violations = certainViolations(group, violationsOf(podView(group), level, minor))
      if (violations.length === 0) return []
      const maker = makers[group.owner.ref.kind] ?? 'Its operator cannot create the pods'
      const reasons = violations.map(({ says }) => says).join('; ')
      return [
        {
          on: group.owner,
          path: specPath(group),
          says: `${maker}: Pod Security "${level}" of the namespace ${group.namespace} refuses them: ${reasons}.`,
          fix: 'Set what is named in the securityContext of the pod and of its containers.',
        },
      ]
    })
  },
}
