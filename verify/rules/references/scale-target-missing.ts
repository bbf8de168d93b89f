import type { Found, Loaded, Rule, World } from '../../types.ts'
import { objectAt, textAt } from '../../values.ts'
import { titleOf } from './reference.ts'

/** Kinds of Kubernetes itself; whether another kind can be scaled is not known here. */
const scalable = new Set(['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'])

/** An autoscaler that aims at a workload which is not there. */
export const scaleTargetMissing: Rule = {
  id: 'scale-target-missing',
  severity: 'error',
  about: 'Every workload that an autoscaler scales exists.',
  check: (world) =>
    [...world.ofKind('HorizontalPodAutoscaler', 'autoscaling'), ...world.ofKind('ScaledObject', 'keda.sh')].flatMap(
      (object) => check(world, object),
    ),
}

const check = (world: World, object: Loaded): readonly Found[] => {
  const target = objectAt(object.manifest, 'spec.scaleTargetRef')
  const kind = textAt(target, 'kind') ?? 'Deployment'
  const name = textAt(target, 'name')
  if (name === undefined || !scalable.has(kind) || world.exists(kind, object.ref.namespace, name)) return []
  return [
    {
      on: object,
      path: 'spec.scaleTargetRef.name',
      says: `${titleOf(object)} scales nothing: there is no ${kind} "${name}" in its namespace.`,
      fix: 'Name the workload as it is called, in the same namespace.',
    },
  ]
}
