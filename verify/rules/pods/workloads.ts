import type { PodGroup, World } from '../../types.ts'

/** Workloads whose pods are replaced by a controller and are meant to serve on. */
const serving = new Set(['Deployment', 'StatefulSet', 'ReplicaSet'])

/** Pods that the files write themselves and that are meant to run on, several of a kind perhaps. */
export const servingGroups = (world: World): readonly PodGroup[] =>
  world.pods.filter(({ modelled, owner }) => !modelled && serving.has(owner.ref.kind))

/** Pods that the files write themselves. */
export const writtenGroups = (world: World): readonly PodGroup[] => world.pods.filter(({ modelled }) => !modelled)
