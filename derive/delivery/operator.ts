import type { Cloud } from '../kubernetes/cluster-environment.ts'

/** Where the manifests of an operator come from, at one exact version. */
export type OperatorSource =
  | { readonly kind: 'chart'; readonly repository: string; readonly chart: string; readonly version: string }
  | {
      readonly kind: 'git'
      readonly repository: string
      /** A folder: a chart, a kustomization or plain files. */
      readonly path: string
      readonly revision: string
      readonly holds: 'chart' | 'kustomization' | 'files'
      /** Of plain files: only those that match. */
      readonly include?: string
    }

/** Something that has to run in a cluster before the platform does. */
export type Operator = {
  readonly name: string
  readonly summary: string
  readonly namespace: string
  /** Its own version, which is not always its chart's. */
  readonly version: string
  readonly source: OperatorSource
  /** `crds` come before everything else. */
  readonly step: 'crds' | 'operators'
  /** What its pods need of Pod Security. */
  readonly podSecurity: 'restricted' | 'baseline' | 'privileged'
  /** The Kubernetes minor versions that it supports, both ends included; undefined = its makers name none. */
  readonly kubernetes?: { readonly from: string; readonly to: string }
  /** Only on these clouds; undefined = everywhere. */
  readonly clouds?: readonly Cloud[]
  readonly values?: Readonly<Record<string, unknown>>
}

/** The operators that an environment on `cloud` needs, in the order they are installed in. */
export const operatorsOf = (operators: readonly Operator[], cloud: Cloud): readonly Operator[] => {
  const here = operators.filter(({ clouds }) => clouds === undefined || clouds.includes(cloud))
  return [...here.filter(({ step }) => step === 'crds'), ...here.filter(({ step }) => step === 'operators')]
}

/** Whether an operator supports a Kubernetes minor version such as `1.35`. */
export const supports = ({ kubernetes }: Operator, version: string): boolean => {
  if (kubernetes === undefined) return true
  const [wanted, from, to] = [version, kubernetes.from, kubernetes.to].map(minorOf)
  return wanted !== undefined && from !== undefined && to !== undefined && from <= wanted && wanted <= to
}

const minorOf = (version: string): number => Number(version.split('.')[1])
