import type { Manifest } from '@knowton/derive'

/** A manifest that may be changed. */
// biome-ignore lint/suspicious/noExplicitAny: a mutation reaches into objects of every kind
export type Mutable = any

/** One way in which somebody may break a sound set of manifests. */
export type Mutation = {
  readonly name: string
  /** The rule that must find it, whatever others find. */
  readonly caughtBy: string
  /** Whether the mutation makes sense for this object. */
  readonly fits: (object: Manifest) => boolean
  /** Breaks a copy of the object in place; `gone` = take the object out of the set. */
  readonly breaks: (object: Mutable) => 'gone' | undefined
}

/** The object is forgotten. */
export const lost = (name: string, caughtBy: string, fits: Mutation['fits']): Mutation => ({
  name,
  caughtBy,
  fits,
  breaks: () => 'gone',
})

/** Objects of these kinds. */
export const kinds =
  (...wanted: readonly string[]) =>
  (object: Manifest): boolean =>
    wanted.includes(object.kind)

/** The one object of this kind and name. */
export const one =
  (kind: string, name: string) =>
  (object: Manifest): boolean =>
    object.kind === kind && object.metadata.name === name

/** Workloads that run pods of their own. */
export const workloads = kinds('Deployment', 'StatefulSet')

/** The pod spec of a workload. */
export const podOf = (object: Mutable): Mutable => object.spec.template.spec
