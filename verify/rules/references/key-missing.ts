import type { Found, Rule, World } from '../../types.ts'
import { objectAt } from '../../values.ts'
import { effectOnPods } from './missing.ts'
import { nameOf, type Reference, titleOf } from './reference.ts'
import { referencesOf } from './references-of.ts'

/** Keys of Secrets and ConfigMaps by `kind/namespace/name`; absent where they are not known. */
const keysOf = (world: World): ReadonlyMap<string, ReadonlySet<string>> => {
  const known = new Map<string, ReadonlySet<string>>()
  const open = new Set<string>()
  const add = (id: string, keys: readonly string[]) => {
    known.set(id, new Set([...(known.get(id) ?? []), ...keys]))
  }
  for (const kind of ['Secret', 'ConfigMap'])
    for (const { ref, manifest } of world.ofKind(kind, ''))
      add(
        `${kind}/${ref.namespace ?? 'default'}/${ref.name}`,
        ['data', 'stringData', 'binaryData'].flatMap((field) => Object.keys(objectAt(manifest, field))),
      )
  for (const { kind, namespace, name, keys } of world.provided)
    if (kind === 'Secret' || kind === 'ConfigMap') {
      if (keys === undefined) open.add(`${kind}/${namespace}/${name}`)
      else add(`${kind}/${namespace}/${name}`, keys)
    }
  for (const id of open) known.delete(id)
  return known
}

const check =
  (kind: string) =>
  (world: World): readonly Found[] => {
    const known = keysOf(world)
    return referencesOf(world).flatMap((reference) => {
      const keys = known.get(`${kind}/${reference.namespace}/${reference.name}`)
      if (reference.kind !== kind || keys === undefined) return []
      return reference.keys.filter((key) => !keys.has(key)).map((key) => foundOf(reference, key, keys))
    })
  }

const foundOf = (reference: Reference, key: string, keys: ReadonlySet<string>): Found => ({
  on: reference.on,
  path: reference.path,
  says: `${titleOf(reference.on)} asks for the key "${key}" of ${nameOf(reference)}, which has ${
    keys.size === 0 ? 'no keys' : [...keys].sort().join(', ')
  }: ${effectOnPods(reference)}.`,
  fix: 'Ask for a key that is there, or add this one where the object is made.',
})

/** A key is asked for that its Secret will not have. */
export const secretKeyMissing: Rule = {
  id: 'secret-key-missing',
  severity: 'error',
  about: 'Every key that is asked of a Secret is one that it will have.',
  check: check('Secret'),
}

/** A key is asked for that its ConfigMap will not have. */
export const configMapKeyMissing: Rule = {
  id: 'configmap-key-missing',
  severity: 'error',
  about: 'Every key that is asked of a ConfigMap is one that it has.',
  check: check('ConfigMap'),
}
