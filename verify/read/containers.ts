import { runsOnce, stayingContainers } from '../pod-template.ts'
import type { JsonObject, PodGroup, World } from '../types.ts'
import { textOf, textsOf } from '../values.ts'
import { shortImageName } from './image.ts'

/** A container of a workload. */
export type ContainerOf = {
  readonly group: PodGroup
  readonly container: JsonObject
  /** Inside the group's owner: `spec.template.spec.containers[0]`. */
  readonly path: string
}

/** Containers of lasting workloads in the files whose image has one of `names` (the last part of its repository). */
export const containersNamed = (world: World, names: readonly string[]): readonly ContainerOf[] =>
  world.pods
    .filter((group) => !group.modelled && !runsOnce(group))
    .flatMap((group) => stayingContainers(group).map(({ spec, path }) => ({ group, container: spec, path })))
    .filter(({ container }) => names.includes(shortImageName(textOf(container.image) ?? '')))

/** `command` and `args` of a container, in that order. */
export const argumentsOf = (container: JsonObject): readonly string[] => [
  ...textsOf(container.command),
  ...textsOf(container.args),
]
