import type { Json, JsonObject, NodePool } from '../types.ts'
import { isObject } from './loading.ts'

type Size = { readonly cpus: number; readonly gibibytes: number; readonly gpus: number }

/** Instance types that descriptions name without their size: vCPU, GiB and GPUs as AWS lists them. */
const sizes: Readonly<Record<string, Size>> = {
  't3.large': { cpus: 2, gibibytes: 8, gpus: 0 },
  't3.xlarge': { cpus: 4, gibibytes: 16, gpus: 0 },
  't3.2xlarge': { cpus: 8, gibibytes: 32, gpus: 0 },
  'm6i.xlarge': { cpus: 4, gibibytes: 16, gpus: 0 },
  'm6i.2xlarge': { cpus: 8, gibibytes: 32, gpus: 0 },
  'm6i.4xlarge': { cpus: 16, gibibytes: 64, gpus: 0 },
  'c6i.xlarge': { cpus: 4, gibibytes: 8, gpus: 0 },
  'c6i.2xlarge': { cpus: 8, gibibytes: 16, gpus: 0 },
  'c6i.4xlarge': { cpus: 16, gibibytes: 32, gpus: 0 },
  'r6i.xlarge': { cpus: 4, gibibytes: 32, gpus: 0 },
  'r6i.2xlarge': { cpus: 8, gibibytes: 64, gpus: 0 },
  'r6i.4xlarge': { cpus: 16, gibibytes: 128, gpus: 0 },
  'g5.xlarge': { cpus: 4, gibibytes: 16, gpus: 1 },
  'g5.2xlarge': { cpus: 8, gibibytes: 32, gpus: 1 },
}

/** Pods that a node of these sizes takes with the VPC CNI: 4 network interfaces of 15 addresses. */
const MAX_PODS = 58
/** Share of a machine's memory that the hypervisor and the kernel keep: the default of Karpenter's vm-memory-overhead-percent. */
const MEMORY_OVERHEAD = 0.075
const MEBIBYTE = 1024 ** 2

/** Millicores that EKS keeps of a node: 6 % of the first core, 1 % of the second, 0.5 % of the next two, 0.25 % of the rest. */
const reservedMillis = (cpus: number): number =>
  [60, 10, 5, 5].slice(0, cpus).reduce((sum, millis) => sum + millis, 0) + Math.max(0, cpus - 4) * 2.5

/** What pods may use of an EKS node: less kube-reserved (255 Mi and 11 Mi for each pod) and the eviction threshold of 100 Mi. */
const allocatable = ({ cpus, gibibytes, gpus }: Size): NodePool['allocatable'] => ({
  cpuMillis: Math.floor(cpus * 1000 - reservedMillis(cpus)),
  memoryBytes: Math.floor(gibibytes * 1024 * MEBIBYTE * (1 - MEMORY_OVERHEAD)) - (255 + 11 * MAX_PODS + 100) * MEBIBYTE,
  gpus,
})

const number = (pattern: RegExp, text: string): number | undefined => {
  const found = pattern.exec(text)?.[1]
  return found === undefined ? undefined : Number(found)
}

/** From `g5.xlarge (4 vCPU, 16GB RAM, 1x NVIDIA A10G)` or the name alone. */
const sizeOf = (text: string): Size | undefined => {
  const known = sizes[text.split(/[\s(]/)[0] ?? '']
  const cpus = number(/(\d+)\s*v?CPU/i, text) ?? known?.cpus
  const gibibytes = number(/(\d+)\s*Gi?B/i, text) ?? known?.gibibytes
  if (cpus === undefined || gibibytes === undefined) return undefined
  return { cpus, gibibytes, gpus: number(/(\d+)\s*x\s*NVIDIA/i, text) ?? known?.gpus ?? 0 }
}

const textsIn = (value: Json | undefined): Readonly<Record<string, string>> =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)])) : {}

const poolOf = (pool: JsonObject): NodePool => {
  const size = sizeOf(String(pool.instance_type ?? ''))
  const taints: readonly Json[] = Array.isArray(pool.taints) ? pool.taints : []
  return {
    name: String(pool.name),
    labels: textsIn(pool.labels),
    taints: taints.filter(isObject).map((taint) => ({
      key: String(taint.key),
      value: String(taint.value ?? ''),
      effect: String(taint.effect),
    })),
    minNodes: Number(pool.min_nodes ?? 0),
    maxNodes: Number(pool.max_nodes ?? pool.min_nodes ?? 0),
    zones: Number(pool.zones ?? 1),
    allocatable: size === undefined ? undefined : allocatable(size),
  }
}

/** The pools of a document like `Cluster: { Node Pools: [{ name, instance_type, min_nodes, max_nodes, taints }] }`. */
export const nodePoolsIn = (document: JsonObject): readonly NodePool[] | undefined => {
  const cluster = isObject(document.Cluster) ? document.Cluster : document
  const listed = cluster['Node Pools'] ?? cluster.node_pools
  if (!Array.isArray(listed)) return undefined
  const pools: readonly Json[] = listed
  return pools.filter(isObject).map(poolOf)
}
