import { joined, specPath, stayingContainers } from '../../pod-template.ts'
import type { PodGroup, Rule } from '../../types.ts'
import { numberAt, numberOf, objectAt, objectOf, textsAt } from '../../values.ts'
import { writtenGroups } from './workloads.ts'

/** `terminationGracePeriodSeconds` of a pod that does not say. */
const DEFAULT_GRACE_SECONDS = 30

/** How long a container's preStop hook sleeps, in seconds; 0 when it does not. */
const sleepSeconds = (lifecycle: unknown): number => {
  const hook = objectOf(objectOf(lifecycle).preStop)
  const asked = numberAt(hook, 'sleep.seconds')
  if (asked !== undefined) return asked
  const match = /\bsleep\s+(\d+)/.exec(textsAt(hook, 'exec.command').join(' '))
  return match?.[1] === undefined ? 0 : Number(match[1])
}

/** Pods that are killed while they still wait to stop. */
export const gracePeriodShort: Rule = {
  id: 'grace-period-short',
  severity: 'error',
  about: 'Every pod has more time to stop than its preStop hook sleeps.',
  check: (world) =>
    writtenGroups(world).flatMap((group) => {
      const grace = numberOf(group.spec.terminationGracePeriodSeconds) ?? DEFAULT_GRACE_SECONDS
      return stayingContainers(group).flatMap(({ name, path, spec }) => {
        const sleep = sleepSeconds(spec.lifecycle)
        if (sleep === 0 || sleep < grace) return []
        return [
          {
            on: group.owner,
            path: joined(path, 'lifecycle.preStop'),
            says: `"${name}" is killed without being asked to stop: its hook sleeps ${sleep} s and the pod has ${grace} s.`,
            fix: `Set terminationGracePeriodSeconds of the pod well above ${sleep}.`,
          },
        ]
      })
    }),
}

const jobSpec = ({ owner: { ref, manifest } }: PodGroup) => {
  const spec = objectOf(manifest.spec)
  return ref.kind === 'CronJob' ? objectAt(spec, 'jobTemplate.spec') : spec
}

/** Jobs whose pods nobody clears away. A CronJob keeps only its last few. */
export const jobTtlMissing: Rule = {
  id: 'job-ttl-missing',
  severity: 'warning',
  about: 'Every Job is cleared away some time after it finished.',
  check: (world) =>
    writtenGroups(world)
      .filter((group) => group.owner.ref.kind === 'Job' && jobSpec(group).ttlSecondsAfterFinished === undefined)
      .map((group) => ({
        on: group.owner,
        path: 'spec.ttlSecondsAfterFinished',
        says: `The Job ${group.name} and its pods stay for ever, and a changed one of the same name is refused.`,
        fix: 'Set spec.ttlSecondsAfterFinished.',
      })),
}

/** Jobs that a hanging pod keeps alive for ever. */
export const jobDeadlineMissing: Rule = {
  id: 'job-deadline-missing',
  severity: 'note',
  about: 'Every Job that hangs is ended.',
  check: (world) =>
    writtenGroups(world)
      .filter(({ owner }) => owner.ref.kind === 'Job' || owner.ref.kind === 'CronJob')
      .filter((group) => {
        const own = jobSpec(group).activeDeadlineSeconds ?? group.spec.activeDeadlineSeconds
        return own === undefined
      })
      .map((group) => ({
        on: group.owner,
        path: specPath(group),
        says: `When a pod of ${group.name} hangs, the Job never ends.`,
        fix: 'Set activeDeadlineSeconds of the Job.',
      })),
}
