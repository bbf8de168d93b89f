/** A parsed YAML or JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = { readonly [key: string]: Json | undefined }

/** A Kubernetes object as it is written in a file. */
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

/** Where a document stands: `line` counts from 1 and is that of its first key. */
export type Source = { readonly file: string; readonly line: number }

/** What one object is called. `namespace` is undefined for objects of the whole cluster. */
export type ObjectRef = {
  /** `apps`, `kafka.strimzi.io`, `` for the core group. */
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly namespace: string | undefined
  readonly name: string
}

/** One document that was read. Paths are dotted with list indices: `spec.template.spec.containers[0].image`. */
export type Loaded = {
  readonly ref: ObjectRef
  readonly manifest: Manifest
  readonly source: Source
  /** The line of the value at `path`, or of the nearest part of it that is there. */
  readonly lineOf: (path: string) => number
}

/** A GitHub Actions workflow that was read. */
export type Workflow = {
  readonly name: string
  readonly content: JsonObject
  readonly source: Source
  readonly lineOf: (path: string) => number
}

/** Pods that are alike: those of one workload, or those that an operator will make from a custom resource. */
export type PodGroup = {
  readonly owner: Loaded
  /** Path of the pod template inside the owner; for a modelled group the part of the custom resource that sizes it. */
  readonly path: string
  /** True when an operator makes the pods; then `spec` holds only what the custom resource says. */
  readonly modelled: boolean
  /** Without the suffixes that the controller adds. */
  readonly name: string
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
  /** How many run, and how many an autoscaler may make of them. */
  readonly replicas: { readonly count: number; readonly max: number }
  /** A pod spec: `containers`, `volumes`, `nodeSelector`, `tolerations`, `affinity`, … */
  readonly spec: JsonObject
  readonly serviceAccount: string
  /** Every port that a container listens on, also those an operator opens unasked. */
  readonly ports: readonly PodPort[]
  /** Claims that each pod gets of its own (volumeClaimTemplates and what operators make). */
  readonly ownClaims: readonly OwnClaim[]
}
export type PodPort = { readonly name: string | undefined; readonly port: number; readonly protocol: Protocol }
export type OwnClaim = { readonly name: string; readonly storage: string; readonly storageClass: string | undefined }
export type Protocol = 'TCP' | 'UDP' | 'SCTP'

/** An object that exists although no file holds it: an operator or controller makes it from `maker`. */
export type Provided = {
  readonly kind: string
  readonly namespace: string | undefined
  readonly name: string
  readonly maker: Loaded
  /** Keys of a Secret or ConfigMap; undefined when they are not known. */
  readonly keys?: readonly string[]
  /** Of a Service. */
  readonly ports?: readonly {
    readonly name: string | undefined
    readonly port: number
    readonly targetPort: number | string
  }[]
  readonly selector?: Readonly<Record<string, string>>
  readonly isHeadless?: boolean
}

/** One kind of node of the cluster that the manifests are meant for. */
export type NodePool = {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[]
  readonly minNodes: number
  readonly maxNodes: number
  readonly zones: number
  /** What pods may use of one node; undefined where the pool's description does not say. */
  readonly allocatable: { readonly cpuMillis: number; readonly memoryBytes: number; readonly gpus: number } | undefined
}

/** One end of a connection. */
export type Peer =
  | {
      readonly kind: 'pods'
      /** By `kubernetes.io/metadata.name`; undefined = every namespace. */
      readonly namespace: string | undefined
      readonly labels: Readonly<Record<string, string>>
    }
  | { readonly kind: 'addresses'; readonly cidrs: readonly string[]; readonly except: readonly string[] }

/** A connection that is meant to be possible; every other one is meant not to be. */
export type Flow = {
  readonly from: Peer
  readonly to: Peer
  readonly ports: readonly { readonly port: number; readonly protocol: Protocol }[]
  readonly why: string
}

/** What the verifier is told about the place that the manifests are meant for. */
export type Context = {
  /** `1.35` */
  readonly kubernetesVersion: string
  /** Judges end-of-life dates and the expiry of suppressions. */
  readonly today: Date
  /** Undefined = not known, capacity is not judged. */
  readonly pools: readonly NodePool[] | undefined
  /** Undefined = not declared; then only reachability between what is there is judged. */
  readonly flows: readonly Flow[] | undefined
  /** Objects that are made outside of these files: `Secret/knowton-prod/tls`, `StorageClass//gp3`. */
  readonly external: readonly string[]
}

/** Everything that rules look at. */
export type World = {
  readonly objects: readonly Loaded[]
  readonly workflows: readonly Workflow[]
  readonly pods: readonly PodGroup[]
  /** Made by operators and controllers from `objects`. */
  readonly provided: readonly Provided[]
  readonly context: Context
  /** All objects of a kind, in any namespace. */
  readonly ofKind: (kind: string, group?: string) => readonly Loaded[]
  /** Whether such an object is in the files, will be made, or is listed as external. */
  readonly exists: (kind: string, namespace: string | undefined, name: string) => boolean
  /** What `make` works out of this world: on the first call, and kept for every rule that asks for the same. */
  readonly index: <Index>(make: (world: World) => Index) => Index
}

/** `error`: it will fail, lose data or be open; `warning`: it will work and may hurt; `note`: worth knowing. */
export type Severity = 'error' | 'warning' | 'note'

/** What a rule found. */
export type Finding = {
  readonly rule: string
  readonly severity: Severity
  readonly object: Pick<ObjectRef, 'kind' | 'namespace' | 'name'>
  readonly source: Source
  /** Dotted path inside the object. */
  readonly path: string
  /** One plain sentence: what will happen. */
  readonly says: string
  /** One plain sentence: what to do. */
  readonly fix: string
}

/** A rule; `id` in kebab case, for ever. */
export type Rule = {
  readonly id: string
  readonly severity: Severity
  /** What holds when the rule finds nothing, in one sentence: `Every Secret that is named exists.` */
  readonly about: string
  readonly check: (world: World) => readonly Found[]
}

/** What a rule reports; the engine adds its id, severity and the line. */
export type Found = {
  readonly on: Loaded | Workflow
  readonly path: string
  readonly says: string
  readonly fix: string
  /** When this very case is less or more grave than the rule. */
  readonly severity?: Severity
}
