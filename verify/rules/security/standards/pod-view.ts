import { annotationsOf, containersOf, type PodContainer, quoted } from '../../../pod-template.ts'
import type { JsonObject, PodGroup } from '../../../types.ts'
import { objectOf } from '../../../values.ts'

/** What the Pod Security Standards look at. */
export type PodView = {
  readonly annotations: Readonly<Record<string, string>>
  readonly spec: JsonObject
  readonly containers: readonly PodContainer[]
}

/** A reason why a pod is refused; `silent` when it is refused for what it leaves unsaid. */
export type Violation = { readonly says: string; readonly silent: boolean }

/** One control of the standards. `minor` is the version that the namespace pins: 35 = v1.35. */
export type Control = {
  /** As pod-security-admission names it. */
  readonly id: string
  readonly check: (pod: PodView, minor: number) => readonly Violation[]
}

/** The pods of a group as the standards look at them. */
export const podView = (group: PodGroup): PodView => ({
  annotations: annotationsOf(group),
  spec: group.spec,
  containers: containersOf(group),
})

/** The pod itself or one of its containers, with its securityContext; `context` undefined when it has none. */
export type Setter = { readonly container: string | undefined; readonly context: JsonObject | undefined }

const contextOf = (spec: JsonObject): JsonObject | undefined =>
  spec.securityContext === undefined || spec.securityContext === null ? undefined : objectOf(spec.securityContext)

/** The securityContext of each container. */
export const containerSetters = (pod: PodView): readonly Setter[] =>
  pod.containers.map(({ name, spec }) => ({ container: name, context: contextOf(spec) }))

/** The securityContext of the pod and of each container. */
export const setters = (pod: PodView): readonly Setter[] => [
  { container: undefined, context: contextOf(pod.spec) },
  ...containerSetters(pod),
]

/** `pod`, `container "a"`, `pod and containers "a", "b"`. */
export const named = (who: readonly Setter[]): string => {
  const containers = who.flatMap(({ container }) => (container === undefined ? [] : [container]))
  const parts = [
    ...(who.length > containers.length ? ['pod'] : []),
    ...(containers.length === 0 ? [] : [`container${containers.length > 1 ? 's' : ''} ${quoted(containers)}`]),
  ]
  return parts.join(' and ')
}

/** One violation by all of `who`, or none when nobody does it. */
export const violation = (who: readonly Setter[], says: string, silent = false): readonly Violation[] =>
  who.length === 0 ? [] : [{ says: `${named(who)} ${says}`, silent }]

/** Whether the pod says that it runs on Windows, where the Linux-only fields may not be set. */
export const isWindows = (pod: PodView): boolean => objectOf(pod.spec.os).name === 'windows'

/** Whether root inside the pod is nobody on the node, which relaxes some controls from v1.35 on. */
export const hasOwnUsers = (pod: PodView, minor: number): boolean => minor >= 35 && pod.spec.hostUsers === false
