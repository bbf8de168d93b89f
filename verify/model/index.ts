import type { Loaded, PodGroup, Provided } from '../types.ts'

/** The pods and the objects that controllers and operators make of `objects`. */
export const modelOf = (
  _objects: readonly Loaded[],
): { readonly pods: readonly PodGroup[]; readonly provided: readonly Provided[] } => ({ pods: [], provided: [] })
