import type { Finding, Loaded, NodePool, Severity, Workflow } from '../types.ts'

/** What was read, and what could not be. */
export type Loading = {
  readonly objects: readonly Loaded[]
  readonly workflows: readonly Workflow[]
  /** From a description of the cluster's node pools, when one was read. */
  readonly pools: readonly NodePool[] | undefined
  /** On files and documents that are not judged, or not wholly. */
  readonly findings: readonly Finding[]
}

export const nothingLoaded: Loading = { objects: [], workflows: [], pools: undefined, findings: [] }

export const joinLoadings = (loadings: readonly Loading[]): Loading => ({
  objects: loadings.flatMap(({ objects }) => objects),
  workflows: loadings.flatMap(({ workflows }) => workflows),
  pools: loadings.map(({ pools }) => pools).find((pools) => pools !== undefined),
  findings: loadings.flatMap(({ findings }) => findings),
})

/** What reading itself can find; not rules of their own, as there is no object yet. */
export const loadRules = {
  'yaml-invalid': { severity: 'error', about: 'Every file is YAML or JSON that kubectl can read.' },
  'document-skipped': {
    severity: 'note',
    about: 'Every document is a Kubernetes object or a workflow, so that it can be judged.',
  },
  'kustomization-invalid': { severity: 'error', about: 'Every file that a kustomization names is there and fits.' },
  'kustomization-unsupported': {
    severity: 'note',
    about: 'Each kustomization uses only features that are followed here.',
  },
} as const satisfies Readonly<Record<string, { readonly severity: Severity; readonly about: string }>>

/** A finding on a file. */
export const fileFinding = (
  rule: keyof typeof loadRules,
  at: { readonly file: string; readonly line: number },
  says: string,
  fix: string,
): Finding => ({
  rule,
  severity: loadRules[rule].severity,
  object: { kind: 'File', namespace: undefined, name: at.file },
  source: at,
  path: '',
  says,
  fix,
})
