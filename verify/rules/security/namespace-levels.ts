import type { Loaded, World } from '../../types.ts'
import { labelsOf } from '../../values.ts'

/** The label that names the level of Pod Security which a namespace enforces. */
export const ENFORCE = 'pod-security.kubernetes.io/enforce'

/** What a namespace enforces: its level, and the minor version of the standards (35 = v1.35). */
export type Enforced = { readonly level: string; readonly minor: number; readonly isPinned: boolean }

const minorOf = (version: string): number | undefined => {
  const match = /^v?1\.(\d+)$/.exec(version)
  return match?.[1] === undefined ? undefined : Number(match[1])
}

/** What a Namespace object enforces; undefined when it carries no such label. */
export const enforcedBy = (namespace: Loaded, kubernetesVersion: string): Enforced | undefined => {
  const labels = labelsOf(namespace.manifest.metadata.labels)
  const level = labels[ENFORCE]
  if (level === undefined) return undefined
  const pinned = minorOf(labels[`${ENFORCE}-version`] ?? 'latest')
  return { level, minor: pinned ?? minorOf(kubernetesVersion) ?? 0, isPinned: pinned !== undefined }
}

/** What each namespace of the set enforces, by name; of two objects with one name the stricter counts. */
export const enforcedLevels = (world: World): ReadonlyMap<string, Enforced> => {
  const strictness = (level: string) => ['privileged', 'baseline', 'restricted'].indexOf(level)
  const found = new Map<string, Enforced>()
  for (const namespace of world.ofKind('Namespace', '')) {
    const enforced = enforcedBy(namespace, world.context.kubernetesVersion)
    const before = found.get(namespace.ref.name)
    if (enforced !== undefined && (before === undefined || strictness(enforced.level) > strictness(before.level)))
      found.set(namespace.ref.name, enforced)
  }
  return found
}
