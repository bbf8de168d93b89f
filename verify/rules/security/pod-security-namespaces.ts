import type { Rule } from '../../types.ts'
import { enforcedBy, enforcedLevels } from './namespace-levels.ts'

/** Namespaces that admit every pod, also privileged ones. */
export const podSecurityUnlabelled: Rule = {
  id: 'pod-security-unlabelled',
  severity: 'warning',
  about: 'Every namespace names the Pod Security level that it enforces.',
  check: (world) => {
    const enforced = enforcedLevels(world)
    return world
      .ofKind('Namespace', '')
      .filter(({ ref }) => !enforced.has(ref.name))
      .map((namespace) => ({
        on: namespace,
        path: 'metadata.labels',
        says: `The namespace ${namespace.ref.name} admits every pod, also one with the rights of its node.`,
        fix: 'Label it pod-security.kubernetes.io/enforce: restricted (or baseline).',
      }))
  },
}

/** Namespaces whose level changes its meaning when the cluster is upgraded. */
export const podSecurityUnpinned: Rule = {
  id: 'pod-security-unpinned',
  severity: 'warning',
  about: 'Every Pod Security level of a namespace is pinned to a version of the standards.',
  check: (world) =>
    world.ofKind('Namespace', '').flatMap((namespace) => {
      const enforced = enforcedBy(namespace, world.context.kubernetesVersion)
      if (enforced === undefined || enforced.isPinned || enforced.level === 'privileged') return []
      return [
        {
          on: namespace,
          path: 'metadata.labels',
          says: `An upgrade of the cluster may refuse pods of ${namespace.ref.name} that run today: its level follows the cluster's version.`,
          fix: `Label it pod-security.kubernetes.io/enforce-version: v${world.context.kubernetesVersion}.`,
        },
      ]
    }),
}
