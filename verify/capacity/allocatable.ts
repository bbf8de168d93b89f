import { type MachineCloud, type MachineType, machineTypes } from './machine-types.ts'
import type { Needs } from './needs.ts'

const MIB = 1024 ** 2

/** The part of a machine's memory that its kernel sees; the rest is its hypervisor's (Karpenter, VM_MEMORY_OVERHEAD_PERCENT 0.075). */
const SEEN_BY_KERNEL = 0.925

/** The kubelet evicts pods below this (`evictionHard: memory.available`) on all three clouds. */
const EVICTION_MIB = 100

/** Pods that one EKS node takes where its type names no other number: 4 interfaces × 14 addresses + 2. */
const EKS_MAX_PODS = 58

/** Pods that one AKS node takes by default (learn.microsoft.com/azure/aks/configure-azure-cni). */
const AKS_MAX_PODS = 110

/** Adds up `value` piece by piece: so much of the part up to each bound. */
const progressive = (value: number, steps: readonly (readonly [upTo: number, share: number])[]): number => {
  let reserved = 0
  let from = 0
  for (const [upTo, share] of steps) {
    reserved += Math.max(0, Math.min(value, upTo) - from) * share
    from = upTo
  }
  return reserved
}

/** 6 % of the first CPU, 1 % of the second, 0.5 % of the next two, 0.25 % of the rest: EKS and GKE alike. */
const cpuReserved = (cpus: number): number =>
  progressive(cpus * 1000, [
    [1000, 0.06],
    [2000, 0.01],
    [4000, 0.005],
    [Number.POSITIVE_INFINITY, 0.0025],
  ])

/** Kube-reserved CPU in thousandths and memory in MiB. */
type Reserved = { readonly cpuMillis: number; readonly memoryMiB: number }

const reserved: Readonly<Record<MachineCloud, (type: MachineType) => Reserved>> = {
  // amazon-eks-ami, nodeadm: 255 MiB + 11 MiB for each pod that the node may take.
  eks: ({ cpus, maxPods = EKS_MAX_PODS }) => ({ cpuMillis: cpuReserved(cpus), memoryMiB: 255 + 11 * maxPods }),
  // cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes#memory_and_cpu_reservations
  gke: ({ cpus, memoryGiB }) => ({
    cpuMillis: cpuReserved(cpus),
    memoryMiB:
      1024 *
      progressive(memoryGiB, [
        [4, 0.25],
        [8, 0.2],
        [16, 0.1],
        [128, 0.06],
        [Number.POSITIVE_INFINITY, 0.02],
      ]),
  }),
  // learn.microsoft.com/azure/aks/node-resource-reservations: 60 m and 100 m for 1 and 2 cores, then 20 m a core on 60 m up
  // to 8, 10 m a core after; memory the smaller of 20 MB a pod + 50 MB and a quarter (AKS 1.29 and later).
  aks: ({ cpus, memoryGiB }) => ({
    cpuMillis:
      60 +
      progressive(cpus, [
        [1, 0],
        [2, 40],
        [4, 20],
        [Number.POSITIVE_INFINITY, 10],
      ]),
    memoryMiB: Math.min(20 * AKS_MAX_PODS + 50, 0.25 * memoryGiB * 1024),
  }),
}

/**
 * What the cloud's own pods request on every node (network, storage driver, proxy, log agent), rounded up: it differs by
 * version and by the add-ons that are switched on.
 */
const ownPods: Readonly<Record<MachineCloud, Reserved>> = {
  eks: { cpuMillis: 200, memoryMiB: 200 },
  gke: { cpuMillis: 300, memoryMiB: 400 },
  aks: { cpuMillis: 300, memoryMiB: 500 },
}

/** What the pods of manifests may use of one node of a cloud, after what its kubelet, its system and its own pods take. */
export const allocatableOf = (cloud: MachineCloud, type: MachineType): Needs => {
  const { cpuMillis, memoryMiB } = reserved[cloud](type)
  const own = ownPods[cloud]
  const seenMiB = type.memoryGiB * 1024 * SEEN_BY_KERNEL
  return {
    cpuMillis: Math.floor(type.cpus * 1000 - cpuMillis - own.cpuMillis),
    memoryBytes: Math.floor(seenMiB - memoryMiB - EVICTION_MIB - own.memoryMiB) * MIB,
    gpus: type.gpus,
  }
}

/** A machine type by the name that its cloud sells it under; undefined for one that is not in the table. */
export const machineTypeOf = (cloud: MachineCloud, name: string): MachineType | undefined =>
  Object.hasOwn(machineTypes[cloud], name) ? machineTypes[cloud][name] : undefined

/** What pods may use of a node of the type called `name`; undefined for a type that is not in the table. */
export const allocatableOfNamed = (cloud: MachineCloud, name: string): Needs | undefined => {
  const type = machineTypeOf(cloud, name)
  return type && allocatableOf(cloud, type)
}
