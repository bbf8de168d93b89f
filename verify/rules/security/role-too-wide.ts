import type { JsonObject, Loaded, Rule } from '../../types.ts'
import { objectOf, objectsOf, textsOf } from '../../values.ts'

const reads = ['get', 'list', 'watch', '*']

type Fault = { readonly says: string; readonly fix: string; readonly severity: 'error' | 'warning' }

const faultOf = (role: Loaded, rule: JsonObject): Fault | undefined => {
  const verbs = textsOf(rule.verbs)
  const resources = textsOf(rule.resources)
  const where = role.ref.kind === 'ClusterRole' ? 'in the whole cluster' : `in ${role.ref.namespace}`
  if (verbs.includes('*') && resources.includes('*'))
    return {
      severity: 'error',
      says: `Whoever has this role may do anything to anything ${where}.`,
      fix: 'List the resources and the verbs that are needed.',
    }
  if (verbs.includes('*') || resources.includes('*'))
    return {
      severity: 'warning',
      says: `Whoever has this role gets rights ${where} that nobody listed, and those that a later version adds.`,
      fix: 'List the resources and the verbs that are needed.',
    }
  const readsSecrets =
    textsOf(rule.apiGroups).some((group) => group === '' || group === '*') &&
    resources.includes('secrets') &&
    verbs.some((verb) => reads.includes(verb)) &&
    textsOf(rule.resourceNames).length === 0
  if (!readsSecrets) return undefined
  return {
    severity: 'warning',
    says: `Whoever has this role reads every Secret ${where}.`,
    fix: 'Name the Secrets in resourceNames, and leave out list and watch, which names do not bound.',
  }
}

/** Roles that give more than anybody listed. */
export const roleTooWide: Rule = {
  id: 'role-too-wide',
  severity: 'warning',
  about: 'Every role lists what it allows: no wildcards, no reading of all Secrets.',
  check: (world) => [
    ...[...world.ofKind('Role'), ...world.ofKind('ClusterRole')].flatMap((role) =>
      objectsOf(role.manifest.rules).flatMap((rule, index) => {
        const fault = faultOf(role, rule)
        return fault === undefined ? [] : [{ on: role, path: `rules[${index}]`, ...fault }]
      }),
    ),
    ...[...world.ofKind('RoleBinding'), ...world.ofKind('ClusterRoleBinding')]
      .filter((binding) => objectOf(binding.manifest.roleRef).name === 'cluster-admin')
      .map((binding) => ({
        on: binding,
        path: 'roleRef',
        severity: 'error' as const,
        says: 'Its subjects may do anything, also give themselves more rights.',
        fix: 'Bind a role that lists what is needed.',
      })),
  ],
}
