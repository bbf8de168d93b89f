import type { Found, Rule, Severity, World } from '../../types.ts'
import { nameOf, type Reference, titleOf } from './reference.ts'
import { referencesOf } from './references-of.ts'

type Missing = {
  readonly id: string
  readonly about: string
  readonly kinds: readonly string[]
  readonly fix: string
  /** What will happen to the object that names what is missing. */
  readonly effect: (reference: Reference) => string
  /** True where clusters of the field have such an object from the start. */
  readonly isUsual?: (reference: Reference) => boolean
}

/** A rule that finds references of some kinds to what neither the files nor any operator makes. */
export const missing = ({ id, about, kinds, fix, effect, isUsual = () => false }: Missing): Rule => ({
  id,
  severity: 'error',
  about,
  check: (world) =>
    world
      .index(findDangling)
      .filter(({ kind }) => kinds.includes(kind))
      .map((reference): Found => {
        const severity: Severity = isUsual(reference) ? 'warning' : 'error'
        return {
          on: reference.on,
          path: reference.path,
          severity,
          says: `${titleOf(reference.on)} names ${nameOf(reference)}, which nothing in these files makes: ${effect(reference)}.`,
          fix,
        }
      }),
})

/** References whose object does not exist, each object and path once. */
const findDangling = (world: World): readonly Reference[] => {
  const seen = new Set<string>()
  return referencesOf(world).filter((reference) => {
    if (world.exists(reference.kind, reference.namespace, reference.name)) return false
    const { ref } = reference.on
    const key = `${ref.kind}/${ref.namespace}/${ref.name} ${reference.path} ${nameOf(reference)}`
    const isFirst = !seen.has(key)
    seen.add(key)
    return isFirst
  })
}

/** What becomes of pods that cannot have what they name, by where they name it. */
export const effectOnPods = ({ path, on }: Reference): string => {
  if (/(^|\.)volumes\[/.test(path)) return 'the pods will hang in ContainerCreating'
  if (/\.env(From)?\[/.test(path)) return 'the containers will fail with CreateContainerConfigError'
  if (/imagePullSecrets/.test(path)) return 'images of private registries will not be pulled'
  return `the ${on.ref.kind} will not become ready`
}
