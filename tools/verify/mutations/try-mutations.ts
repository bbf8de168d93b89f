import { type Manifest, toYaml } from '@knowton/derive'
import { type Context, createWorld, type Finding, type Loaded, loadText, rules, verify } from '@knowton/verify'
import type { Mutation } from './mutation.ts'

/** What became of the mutations: a mutation of one object is caught when the verifier finds what it did not find before. */
export type Tried = { readonly tried: number; readonly missed: readonly string[] }

/** Breaks a sound set in every way, one object at a time, on at most `each` objects spread over those that fit. */
export const tryMutations = (
  objects: readonly Manifest[],
  context: Context,
  mutations: readonly Mutation[],
  each: number,
): Tried => {
  const read = objects.map((object, index) => ({ object, loaded: load(object, index) }))
  const before = new Set(
    judge(
      read.flatMap(({ loaded }) => loaded),
      context,
    ).map(keyOf),
  )
  const tries = mutations.flatMap((mutation) =>
    spread(
      read.filter(({ object }) => mutation.fits(object)),
      each,
    ).map((target) => ({ mutation, target })),
  )
  const missed = tries.filter(({ mutation, target }) => {
    const broken = structuredClone(target.object)
    const isGone = mutation.breaks(broken) === 'gone'
    const after = read.flatMap((one) => (one !== target ? one.loaded : isGone ? [] : load(broken, objects.length)))
    return judge(after, context).every((finding) => before.has(keyOf(finding)))
  })
  return {
    tried: tries.length,
    missed: missed.map(
      ({ mutation, target: { object } }) => `${mutation.name}: ${object.kind}/${object.metadata.name}`,
    ),
  }
}

const load = (object: Manifest, index: number): readonly Loaded[] => loadText(toYaml([object]), `${index}.yaml`).objects

const judge = (objects: readonly Loaded[], context: Context): readonly Finding[] =>
  verify(createWorld({ objects }, context), rules).filter(({ severity }) => severity !== 'note')

/** Lines move with a mutation, and sentences may count; who, where and by which rule stays. */
const keyOf = ({ rule, object, path }: Finding): string =>
  `${rule} ${object.kind}/${object.namespace}/${object.name} ${path}`

const spread = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most ? all : Array.from({ length: most }, (_, at) => all[Math.floor((at * all.length) / most)] as T)
