import { schemaFor } from '../../schemas/schemas.ts'
import type { Found, Loaded, Rule, World } from '../../types.ts'

const without = (on: Loaded): Found => ({
  on,
  path: 'metadata',
  severity: 'warning',
  says: `${on.ref.kind} ${on.ref.name} names no namespace: it lands in whichever one the person or tool that applies it stands in.`,
  fix: 'Write metadata.namespace.',
})

const unheard = (on: Loaded, namespace: string): Found => ({
  on,
  path: 'metadata.namespace',
  severity: 'warning',
  says: `No file makes the namespace ${namespace}: unless something else has made it, ${on.ref.kind} ${on.ref.name} is refused.`,
  fix: 'Add the Namespace, correct the name, or list it as made elsewhere.',
})

const pointless = (on: Loaded): Found => ({
  on,
  path: 'metadata.namespace',
  severity: 'note',
  says: `A ${on.ref.kind} belongs to the whole cluster: its namespace is ignored.`,
  fix: 'Remove metadata.namespace.',
})

const judge = (on: Loaded, world: World, told: Set<string>): readonly Found[] => {
  const { namespace } = on.ref
  const isNamespaced = schemaFor(on.ref)?.namespaced
  if (isNamespaced === false) return namespace === undefined ? [] : [pointless(on)]
  if (namespace === undefined) return isNamespaced === true ? [without(on)] : []
  if (told.has(namespace) || world.exists('Namespace', undefined, namespace)) return []
  told.add(namespace)
  return [unheard(on, namespace)]
}

/** Objects whose namespace is not written, or made by nothing that is known; told once for a namespace. */
export const namespaceMissing: Rule = {
  id: 'namespace-missing',
  severity: 'warning',
  about: 'Every object of a namespace says which, and that namespace is made.',
  check: (world) => {
    const told = new Set<string>()
    return world.objects.flatMap((on) => judge(on, world, told))
  },
}
