import { stayingContainers } from '../../pod-template.ts'
import type { Loaded, PodGroup, Rule, World } from '../../types.ts'
import { isObject, objectAt, objectOf, objectsAt } from '../../values.ts'

const scalersOf = (world: World, { owner }: PodGroup): readonly Loaded[] =>
  [...world.ofKind('HorizontalPodAutoscaler', 'autoscaling'), ...world.ofKind('ScaledObject', 'keda.sh')].filter(
    ({ ref, manifest }) => {
      const target = objectAt(manifest, 'spec.scaleTargetRef')
      return (
        ref.namespace === owner.ref.namespace &&
        target.name === owner.ref.name &&
        (target.kind ?? 'Deployment') === owner.ref.kind
      )
    },
  )

const written = (world: World): readonly PodGroup[] => world.pods.filter(({ modelled }) => !modelled)

/** Workloads whose number of pods each apply sets back. */
export const replicasFixed: Rule = {
  id: 'replicas-fixed-with-autoscaler',
  severity: 'warning',
  about: 'Every workload that an autoscaler scales leaves out its number of pods.',
  check: (world) =>
    written(world).flatMap((group) => {
      const [scaler] = scalersOf(world, group)
      const { replicas } = objectOf(group.owner.manifest.spec)
      if (scaler === undefined || replicas === undefined) return []
      return [
        {
          on: group.owner,
          path: 'spec.replicas',
          says: `Each apply sets ${group.name} back to ${replicas} pods, whatever "${scaler.ref.name}" has scaled it to.`,
          fix: 'Leave spec.replicas out.',
        },
      ]
    }),
}

/** Workloads that two autoscalers pull at. */
export const autoscalersCollide: Rule = {
  id: 'autoscalers-collide',
  severity: 'error',
  about: 'No workload is scaled by more than one autoscaler.',
  check: (world) =>
    written(world).flatMap((group) => {
      const [first, second] = scalersOf(world, group)
      if (first === undefined || second === undefined) return []
      return [
        {
          on: second,
          path: 'spec.scaleTargetRef',
          says: `"${first.ref.name}" and "${second.ref.name}" both set the number of pods of ${group.name} and undo one another.`,
          fix: 'Put all metrics into one of them and remove the other.',
        },
      ]
    }),
}

/** The resources of whose requests an HPA reckons a share. */
const shares = (scaler: Loaded): readonly string[] =>
  objectsAt(scaler.manifest, 'spec.metrics').flatMap((metric) => {
    const { name, target } = objectOf(metric.resource)
    return metric.type === 'Resource' && objectOf(target).type === 'Utilization' ? [String(name)] : []
  })

const requests = (group: PodGroup, resource: string): boolean =>
  isObject(objectOf(group.spec.resources).requests) ||
  stayingContainers(group).every(({ spec }) => {
    const own = objectOf(spec.resources)
    return (objectOf(own.requests)[resource] ?? objectOf(own.limits)[resource]) !== undefined
  })

/** Autoscalers that have nothing to reckon with. */
export const autoscalerBlind: Rule = {
  id: 'autoscaler-blind',
  severity: 'error',
  about: 'Every container requests a resource whose used share its autoscaler looks at.',
  check: (world) =>
    written(world).flatMap((group) =>
      scalersOf(world, group).flatMap((scaler) =>
        shares(scaler)
          .filter((resource) => !requests(group, resource))
          .map((resource) => ({
            on: scaler,
            path: 'spec.metrics',
            says: `${group.name} is never scaled on ${resource}: a container of its pods requests none, so there is no share to reckon.`,
            fix: `Set resources.requests.${resource} on every container.`,
          })),
      ),
    ),
}
