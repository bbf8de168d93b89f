import type { Pool, Size } from '@knowton/core'
import type { Environment } from '../environment.ts'

/** What a container asks for and may not exceed, as Kubernetes quantities (`500m`, `2Gi`). */
export type Resources = {
  readonly cpu: { readonly request: string; readonly limit: string }
  readonly memory: { readonly request: string; readonly limit: string }
}

/** Pools of nodes: those that services name, and one for the stateful systems. */
export type PoolName = Pool | 'data'

/** One pool of nodes. */
export type PoolSpec = {
  readonly instanceTypes: Readonly<Record<Cloud, string>>
  readonly minNodes: number
  readonly maxNodes: number
  readonly diskGiB: number
  /** Beside `knowton.io/pool=<name>`, which every pool has as a label and every pool but general-purpose as a taint. */
  readonly labels: Readonly<Record<string, string>>
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: 'NoSchedule' }[]
}

/** Where clusters run; `kind` is one machine. */
export type Cloud = 'eks' | 'gke' | 'aks' | 'kind'

/** How the cluster's own cloud is reached; names only, never a secret. */
export type CloudAccount =
  | {
      readonly kind: 'eks'
      readonly region: string
      /** Account id of 12 digits, in ARNs of roles; the operator's. */
      readonly account: string
    }
  | { readonly kind: 'gke'; readonly region: string; readonly project: string }
  | {
      readonly kind: 'aks'
      readonly region: string
      readonly resourceGroup: string
      readonly subscription: string
      readonly tenant: string
      readonly vaultUrl: string
      /** Holds the buckets, as containers; 3 to 24 lower-case letters and digits, unique in the world. */
      readonly storageAccount: string
      /** Client ids of the managed identities by role (`postgres`, `works`, …), as Azure made them. */
      readonly clientIds: Readonly<Record<string, string>>
    }
  | { readonly kind: 'kind' }

/** Where things have their addresses; network policies and the network that Terraform makes are both made of these. */
export type NetworkSpec = {
  /** The whole private network; everything below but `services` and, where it has a range of its own, `pods` lies in it. */
  readonly cidr: string
  /** Nodes, and on EKS their pods; one subnet a zone where a cloud's subnets belong to zones. */
  readonly nodes: string
  /** Load balancers and NAT gateways. */
  readonly edge: string
  /** Where the API server answers; policies see its own address and port, not those of the Service `kubernetes`. */
  readonly apiServer: { readonly cidr: string; readonly port: number }
  readonly pods: string
  readonly services: string
  /** The chain's RPC: somewhere on the internet by HTTPS, or at private addresses. */
  readonly chainRpc: 'public' | { readonly cidr: string; readonly port: number }
}

/** Every image that is not built from this repository. */
export type ImageName =
  | 'kong'
  | 'postgres'
  | 'clickhouse'
  | 'clickhouse-keeper'
  | 'clickhouse-backup'
  | 'redis'
  | 'redis-exporter'
  | 'torchserve'
  | 'torchserve-cpu'
  | 'triton'
  | 'model-sync'
  | 'weaviate'
  | 'prometheus'
  | 'alertmanager'
  | 'grafana'
  | 'object-store'

/** Which builds of the platform's own services run. */
export type Release = {
  /** `ghcr.io/knowton`; images are called like their services. */
  readonly registry: string
  /** By service; a service that is not named here runs the platform's version. */
  readonly services: Readonly<Record<string, { readonly tag: string; readonly digest?: string }>>
}

/** How much of everything one cluster gets. The numbers that the founding document gives are kept unless it says why not. */
export type ClusterEnvironment<Name extends string = string> = Environment<Name> & {
  readonly cloud: CloudAccount
  /** The zones that replicas are spread over. */
  readonly zones: number
  /** `knowton.io`: the site and, under /api/v1, the API. */
  readonly domain: string
  /** Gets letters about certificates; undefined = certificates are self-signed. */
  readonly certificateEmail: string | undefined
  readonly namespaces: { readonly apps: string; readonly data: string; readonly monitoring: string }
  readonly kubernetesVersion: string
  readonly network: NetworkSpec
  readonly pools: Readonly<Record<PoolName, PoolSpec>>
  /** Where the images of the services are pushed to, and which of them runs here. */
  readonly release: Release
  /** Image references by name, with a digest where one is known. */
  readonly images: Readonly<Record<ImageName, string>>
  /** Versions that custom resources name without an image. */
  readonly versions: {
    readonly kafka: string
    readonly kafkaMetadata: string
    readonly prometheus: string
    readonly alertmanager: string
  }
  /** By size class of a service. */
  readonly sizes: Readonly<
    Record<Size, { readonly resources: Resources; readonly minReplicas: number; readonly maxReplicas: number }>
  >
  readonly gateway: {
    readonly replicas: number
    readonly maxReplicas: number
    readonly resources: Resources
    /** `redis`: counted once for all replicas; `local`: each replica counts its own share of the limit. */
    readonly rateLimits: 'redis' | 'local'
  }
  readonly kafka: {
    readonly brokers: number
    readonly controllers: number
    readonly brokerStorage: string
    readonly controllerStorage: string
    readonly broker: Resources
    readonly controller: Resources
    /** JVM heap of a broker; the rest of its memory is page cache. */
    readonly heap: string
    readonly replicationFactor: number
    readonly minInsyncReplicas: number
    /** Each of the topic operator, the user operator and the exporter of lags. */
    readonly helpers: Resources
    readonly cruiseControl: Resources
  }
  readonly postgres: {
    readonly instances: number
    readonly storage: string
    readonly walStorage: string
    readonly resources: Resources
    readonly parameters: Readonly<Record<string, string>>
    /** Replicas that must have a commit before it is answered. */
    readonly synchronousReplicas: number
    readonly poolerInstances: number
    readonly pooler: Resources
    /** Beside each instance: sends the write-ahead log and base backups away. */
    readonly archiver: Resources
    readonly backupRetention: string
  }
  readonly clickhouse: {
    readonly shards: number
    readonly replicas: number
    readonly keepers: number
    readonly dataStorage: string
    readonly logStorage: string
    readonly keeperStorage: string
    readonly resources: Resources
    readonly keeper: Resources
    readonly maxMemoryUsageBytes: number
    readonly maxExecutionSeconds: number
    /** The backup server beside each server. */
    readonly backup: Resources
    /** Nightly backups of each shard that are kept. */
    readonly backupsKept: number
  }
  readonly redis: {
    /** Leaders, at least 3; each has one follower. */
    readonly leaders: number
    readonly storage: string
    readonly resources: Resources
    /** Exports metrics beside each server. */
    readonly exporter: Resources
    /** The Redis that counts requests for the gateway; a leader and its followers. */
    readonly rateLimits: { readonly replicas: number; readonly storage: string; readonly resources: Resources }
  }
  readonly weaviate: {
    readonly replicas: number
    readonly storage: string
    readonly resources: Resources
    /** Lets Weaviate call api.openai.com. */
    readonly openai: boolean
  }
  readonly inference: {
    readonly backend: 'torchserve' | 'triton'
    readonly replicas: number
    readonly maxReplicas: number
    /** 0 = on the CPU. */
    readonly gpus: number
    readonly resources: Resources
    /** Room for all models of a server, as they lie in the bucket. */
    readonly modelStorage: string
  }
  readonly monitoring: {
    readonly prometheusReplicas: number
    readonly prometheusStorage: string
    /** Below the volume's size, so that it never fills. */
    readonly prometheusRetentionSize: string
    readonly prometheusRetention: string
    readonly prometheus: Resources
    readonly alertmanagerReplicas: number
    readonly alertmanagerStorage: string
    readonly alertmanager: Resources
    readonly grafana: Resources
    readonly grafanaReplicas: number
    /** What each service promises over 30 days; alerts fire when it would be broken. */
    readonly objectives: {
      /** Share of requests that are not answered with 5xx. */
      readonly availability: number
      /** One of the bounds that request times are counted in (kit/telemetry/metrics.ts). */
      readonly latencySeconds: number
      /** Share of requests that are answered within it; streams and files are not counted. */
      readonly latencyShare: number
    }
  }
  /** Where backups, models and works lie. */
  readonly objectStore: {
    /** Buckets by use; names are unique in the world, so they carry the domain. */
    readonly buckets: { readonly backups: string; readonly works: string; readonly models: string }
    /** Undefined = the cloud's own, reached with the pod's identity; a URL = S3 at that address with keys of its own. */
    readonly endpoint: string | undefined
    /** The server of one machine, which answers at `endpoint`; undefined where the store is somebody else's. */
    readonly server: { readonly storage: string; readonly resources: Resources } | undefined
  }
}
