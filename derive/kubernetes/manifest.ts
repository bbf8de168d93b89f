import { createHash } from 'node:crypto'

/** A Kubernetes object as it is written to a file, keys in the order they are to be read in. */
export type Manifest = {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly [key: string]: unknown
}

/** The parts of an installation that are applied one after the other. */
export const groups = ['platform', 'data', 'apps', 'monitoring'] as const
export type Group = (typeof groups)[number]

/** What belongs together: a folder `<group>/<name>` of an overlay. */
export type Component = {
  readonly name: string
  readonly group: Group
  /** Objects in the order they are written, by file name without `.yaml`. */
  readonly files: Readonly<Record<string, readonly Manifest[]>>
}

/** The labels that every object of ours carries; `component` is the folder it is rendered to. */
export const labelsOf = (component: string, name: string = component): Readonly<Record<string, string>> => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/part-of': 'knowton',
  'app.kubernetes.io/component': component,
  'app.kubernetes.io/managed-by': 'knowton',
})

/** Name, namespace and labels of an object. */
export type NamedMetadata = {
  readonly name: string
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
}

/** The annotation by which Argo CD neither prunes nor deletes an object whose deletion would take data with it. */
export const NEVER_PRUNED = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } as const

/** The first 16 hex digits of the SHA-256 of `value` as JSON: another value, another checksum. */
export const checksum = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)
