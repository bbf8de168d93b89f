import { type Manifest, toYaml } from '@knowton/derive'
import { type Context, createWorld, type Finding, type Loaded, loadText, rules, verify } from '@knowton/verify'
import type { Mutation } from './mutation.ts'

/** One mutation of one object of a sound set. */
export type Trial = {
  readonly mutation: Mutation
  /** `Kind/name` of the object that is broken. */
  readonly target: string
  /** The rules that find something in the broken set which they did not find in the sound one. */
  readonly foundBy: () => ReadonlySet<string>
}

/** Every mutation on at most `each` objects, spread over those that it fits; the sound set is read and judged once. */
export const trialsOf = (
  objects: readonly Manifest[],
  context: Context,
  mutations: readonly Mutation[],
  each: number,
): readonly Trial[] => {
  const read = objects.map((object, index) => ({ object, loaded: load(object, index) }))
  const judge = (loaded: readonly Loaded[]): readonly Finding[] =>
    verify(createWorld({ objects: loaded }, context), rules).filter(({ severity }) => severity !== 'note')
  const before = new Set(judge(read.flatMap(({ loaded }) => loaded)).map(keyOf))

  const foundBy = (mutation: Mutation, target: (typeof read)[number]): ReadonlySet<string> => {
    const broken = structuredClone(target.object)
    const isGone = mutation.breaks(broken) === 'gone'
    const after = read.flatMap((one) => (one !== target ? one.loaded : isGone ? [] : load(broken, objects.length)))
    return new Set(
      judge(after)
        .filter((finding) => !before.has(keyOf(finding)))
        .map(({ rule }) => rule),
    )
  }

  return mutations.flatMap((mutation) =>
    spread(
      read.filter(({ object }) => mutation.fits(object)),
      each,
    ).map((target) => ({
      mutation,
      target: `${target.object.kind}/${target.object.metadata.name}`,
      foundBy: () => foundBy(mutation, target),
    })),
  )
}

const load = (object: Manifest, index: number): readonly Loaded[] => loadText(toYaml([object]), `${index}.yaml`).objects

/** Lines move with a mutation, and sentences may count; who, where and by which rule stays. */
const keyOf = ({ rule, object, path }: Finding): string =>
  `${rule} ${object.kind}/${object.namespace}/${object.name} ${path}`

const spread = <T>(all: readonly T[], most: number): readonly T[] => {
  if (all.length <= most) return all
  const chosen = new Set(Array.from({ length: most }, (_, at) => Math.floor((at * all.length) / most)))
  return all.filter((_, index) => chosen.has(index))
}
