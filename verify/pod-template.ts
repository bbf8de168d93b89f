import type { JsonObject, PodGroup } from './types.ts'
import { labelsOf, objectOf, objectsOf, textOf, valueAt } from './values.ts'

/** A container of a pod with where it stands in its owner. */
export type PodContainer = {
  readonly name: string
  /** Dotted path in the owner's manifest. */
  readonly path: string
  readonly kind: 'app' | 'init' | 'ephemeral'
  /** Runs beside the app containers: an app container, or an init container that restarts always. */
  readonly stays: boolean
  readonly spec: JsonObject
}

const template = (group: PodGroup): JsonObject =>
  objectOf(group.path === '' ? group.owner.manifest : valueAt(group.owner.manifest, group.path))

/** The path of the pod spec inside the owner; for a modelled group the part of the custom resource that sizes it. */
export const specPath = (group: PodGroup): string => {
  if (group.modelled || Array.isArray(template(group).containers)) return group.path
  return group.path === '' ? 'spec' : `${group.path}.spec`
}

/** Joins paths; the left one may be empty. */
export const joined = (path: string, rest: string): string => (path === '' ? rest : `${path}.${rest}`)

/** Annotations of the pods. */
export const annotationsOf = (group: PodGroup): Readonly<Record<string, string>> =>
  labelsOf(objectOf(template(group).metadata).annotations)

const lists = [
  ['initContainers', 'init'],
  ['containers', 'app'],
  ['ephemeralContainers', 'ephemeral'],
] as const

/** Every container of the pods: those that prepare, those that serve, those that debug. */
export const containersOf = (group: PodGroup): readonly PodContainer[] =>
  lists.flatMap(([list, kind]) =>
    objectsOf(group.spec[list]).map((spec, index) => ({
      name: textOf(spec.name) ?? `${list}[${index}]`,
      path: group.modelled ? group.path : joined(specPath(group), `${list}[${index}]`),
      kind,
      stays: kind === 'app' || (kind === 'init' && spec.restartPolicy === 'Always'),
      spec,
    })),
  )

/** The containers that serve, without those that only prepare. */
export const stayingContainers = (group: PodGroup): readonly PodContainer[] =>
  containersOf(group).filter((container) => container.stays)

const once = new Set(['Job', 'CronJob'])

/** Whether the pods are meant to end by themselves. */
export const runsOnce = (group: PodGroup): boolean => once.has(group.owner.ref.kind)

/** `the container "app"`, or `the containers "app", "proxy"`. */
export const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ')
