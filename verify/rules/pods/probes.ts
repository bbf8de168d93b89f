import { isDeepStrictEqual } from 'node:util'
import { joined, type PodContainer, quoted, specPath, stayingContainers } from '../../pod-template.ts'
import type { Found, PodGroup, Rule } from '../../types.ts'
import { isObject, objectsOf } from '../../values.ts'
import { servingGroups } from './workloads.ts'

/** The containers that serve something: those with ports, or the first where none names one. */
const judged = (group: PodGroup): readonly PodContainer[] => {
  const containers = stayingContainers(group)
  const open = containers.filter(({ spec }) => objectsOf(spec.ports).length > 0)
  return open.length > 0 ? open : containers.slice(0, 1)
}

const lacking = (group: PodGroup, probe: 'readinessProbe' | 'livenessProbe'): readonly string[] =>
  judged(group)
    .filter(({ spec }) => !isObject(spec[probe]))
    .map(({ name }) => name)

/** Containers of which nobody asks whether they work. */
export const probesMissing: Rule = {
  id: 'probes-missing',
  severity: 'warning',
  about: 'Every container that serves has a readiness and a liveness probe.',
  check: (world) =>
    servingGroups(world).flatMap((group): readonly Found[] => {
      const unready = lacking(group, 'readinessProbe')
      const unwatched = lacking(group, 'livenessProbe')
      return [
        ...(unready.length === 0
          ? []
          : [
              {
                on: group.owner,
                path: specPath(group),
                says: `Requests reach ${quoted(unready)} before it can answer, and a rollout goes on although it does not.`,
                fix: 'Give it a readinessProbe that answers when it can serve.',
              },
            ]),
        ...(unwatched.length === 0
          ? []
          : [
              {
                on: group.owner,
                path: specPath(group),
                says: `When ${quoted(unwatched)} hangs, nothing restarts it.`,
                fix: 'Give it a livenessProbe that answers while the process itself works.',
              },
            ]),
      ]
    }),
}

const actions = ['httpGet', 'tcpSocket', 'grpc', 'exec'] as const

/** Probes that ask the same question for two different answers. */
export const probesIdentical: Rule = {
  id: 'probes-identical',
  severity: 'warning',
  about: 'Every liveness probe asks something else than the readiness probe.',
  check: (world) =>
    servingGroups(world).flatMap((group) =>
      stayingContainers(group).flatMap(({ name, path, spec: { livenessProbe: live, readinessProbe: ready } }) => {
        if (!isObject(live) || !isObject(ready)) return []
        const isSame = actions.some(
          (action) => isObject(live[action]) && isDeepStrictEqual(live[action], ready[action]),
        )
        if (!isSame || isPatient(live.failureThreshold, ready.failureThreshold)) return []
        return [
          {
            on: group.owner,
            path: joined(path, 'livenessProbe'),
            says: `When "${name}" is not ready, because something that it needs is away, it is also restarted, again and again.`,
            fix: 'Let livenessProbe ask a path that depends on nothing but the process, or give it a higher failureThreshold.',
          },
        ]
      }),
    ),
}

const DEFAULT_FAILURES = 3

/** Whether liveness lets a process that is not ready recover first. */
const isPatient = (live: unknown, ready: unknown): boolean =>
  (typeof live === 'number' ? live : DEFAULT_FAILURES) > (typeof ready === 'number' ? ready : DEFAULT_FAILURES)
