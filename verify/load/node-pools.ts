import { allocatableOf, machineTypeOf } from '../capacity/allocatable.ts'
import type { MachineCloud } from '../capacity/machine-types.ts'
import type { Json, JsonObject, NodePool } from '../types.ts'
import { isObject, labelsOf } from '../values.ts'

const clouds: readonly MachineCloud[] = ['eks', 'gke', 'aks']

const number = (pattern: RegExp, text: string): number | undefined => {
  const found = pattern.exec(text)?.[1]
  return found === undefined ? undefined : Number(found)
}

/**
 * What pods may use of a node described as `g5.xlarge (4 vCPU, 16GB RAM, 1x NVIDIA A10G)` or by the name alone; a name that
 * no cloud sells counts as a node of EKS.
 */
const allocatable = (text: string): NodePool['allocatable'] => {
  const name = text.split(/[\s(]/)[0] ?? ''
  const cloud = clouds.find((one) => machineTypeOf(one, name) !== undefined) ?? 'eks'
  const known = machineTypeOf(cloud, name)
  const cpus = number(/(\d+)\s*v?CPU/i, text) ?? known?.cpus
  const memoryGiB = number(/(\d+)\s*Gi?B/i, text) ?? known?.memoryGiB
  if (cpus === undefined || memoryGiB === undefined) return undefined
  const gpus = number(/(\d+)\s*x\s*NVIDIA/i, text) ?? known?.gpus ?? 0
  return allocatableOf(cloud, { ...known, cpus, memoryGiB, gpus })
}

const poolOf = (pool: JsonObject): NodePool => {
  const taints: readonly Json[] = Array.isArray(pool.taints) ? pool.taints : []
  return {
    name: String(pool.name),
    labels: labelsOf(pool.labels),
    taints: taints.filter(isObject).map((taint) => ({
      key: String(taint.key),
      value: String(taint.value ?? ''),
      effect: String(taint.effect),
    })),
    minNodes: Number(pool.min_nodes ?? 0),
    maxNodes: Number(pool.max_nodes ?? pool.min_nodes ?? 0),
    zones: Number(pool.zones ?? 1),
    allocatable: allocatable(String(pool.instance_type ?? '')),
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
