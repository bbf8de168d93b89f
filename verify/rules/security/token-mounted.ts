import { joined, specPath } from '../../pod-template.ts'
import type { PodGroup, Rule, World } from '../../types.ts'
import { objectOf, objectsOf } from '../../values.ts'

/** Whether a binding of the set gives rights to a service account. */
const hasRights = (world: World, { namespace, serviceAccount }: PodGroup): boolean =>
  [...world.ofKind('RoleBinding'), ...world.ofKind('ClusterRoleBinding')].some((binding) =>
    objectsOf(binding.manifest.subjects).some(
      (subject) =>
        subject.kind === 'ServiceAccount' &&
        subject.name === serviceAccount &&
        (subject.namespace ?? binding.ref.namespace) === namespace,
    ),
  )

const isMounted = (world: World, group: PodGroup): boolean => {
  const ofPod = group.spec.automountServiceAccountToken
  if (typeof ofPod === 'boolean') return ofPod
  return world
    .ofKind('ServiceAccount', '')
    .filter(({ ref }) => ref.namespace === group.namespace && ref.name === group.serviceAccount)
    .every(({ manifest }) => objectOf(manifest).automountServiceAccountToken !== false)
}

/** Pods that carry a key to the Kubernetes API for which nothing in the set has a use. */
export const tokenMounted: Rule = {
  id: 'token-mounted',
  severity: 'warning',
  about: 'Only pods that are given rights on the Kubernetes API carry a token for it.',
  check: (world) =>
    world.pods
      .filter((group) => !group.modelled && isMounted(world, group) && !hasRights(world, group))
      .map((group) => ({
        on: group.owner,
        path: joined(specPath(group), 'automountServiceAccountToken'),
        says: `The pods of ${group.name} carry a token of the service account "${group.serviceAccount}", which whoever takes one over can show to the Kubernetes API.`,
        fix: 'Set automountServiceAccountToken: false in the pod or in its service account.',
      })),
}
