import type { Loaded } from '../../types.ts'

/** One object names another. */
export type Reference = {
  readonly on: Loaded
  /** Where the name is written. */
  readonly path: string
  readonly kind: string
  /** Undefined for kinds of the whole cluster. */
  readonly namespace: string | undefined
  readonly name: string
  /** Keys of a Secret or ConfigMap that are asked for. */
  readonly keys: readonly string[]
}

/** `Secret knowton-data/redis`, for sentences. */
export const nameOf = ({ kind, namespace, name }: Pick<Reference, 'kind' | 'namespace' | 'name'>): string =>
  namespace === undefined ? `${kind} "${name}"` : `${kind} "${name}" in namespace ${namespace}`

/** `Deployment "web"`, for sentences. */
export const titleOf = ({ ref }: Loaded): string => `${ref.kind} "${ref.name}"`
