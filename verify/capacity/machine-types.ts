/** A cloud whose nodes are known here. */
export type MachineCloud = 'eks' | 'gke' | 'aks'

/** What a machine type has, as its cloud sells it. */
export type MachineType = {
  readonly cpus: number
  readonly memoryGiB: number
  readonly gpus: number
  /** Pods that one EKS node of this type takes: interfaces × (addresses − 1) + 2 (amazon-eks-ami, eni-max-pods.txt). */
  readonly maxPods?: number
}

/** The machine types that pools name. Sources: the clouds' own lists of general, compute, memory and GPU machines. */
export const machineTypes: Readonly<Record<MachineCloud, Readonly<Record<string, MachineType>>>> = {
  eks: {
    't3.large': { cpus: 2, memoryGiB: 8, gpus: 0, maxPods: 35 },
    't3.xlarge': { cpus: 4, memoryGiB: 16, gpus: 0 },
    't3.2xlarge': { cpus: 8, memoryGiB: 32, gpus: 0 },
    'm6i.xlarge': { cpus: 4, memoryGiB: 16, gpus: 0 },
    'm6i.2xlarge': { cpus: 8, memoryGiB: 32, gpus: 0 },
    'm6i.4xlarge': { cpus: 16, memoryGiB: 64, gpus: 0, maxPods: 234 },
    'c6i.xlarge': { cpus: 4, memoryGiB: 8, gpus: 0 },
    'c6i.2xlarge': { cpus: 8, memoryGiB: 16, gpus: 0 },
    'c6i.4xlarge': { cpus: 16, memoryGiB: 32, gpus: 0, maxPods: 234 },
    'r6i.xlarge': { cpus: 4, memoryGiB: 32, gpus: 0 },
    'r6i.2xlarge': { cpus: 8, memoryGiB: 64, gpus: 0 },
    'r6i.4xlarge': { cpus: 16, memoryGiB: 128, gpus: 0, maxPods: 234 },
    'g5.xlarge': { cpus: 4, memoryGiB: 16, gpus: 1 },
    'g5.2xlarge': { cpus: 8, memoryGiB: 32, gpus: 1 },
  },
  gke: {
    'e2-standard-4': { cpus: 4, memoryGiB: 16, gpus: 0 },
    'e2-standard-8': { cpus: 8, memoryGiB: 32, gpus: 0 },
    'n2-standard-8': { cpus: 8, memoryGiB: 32, gpus: 0 },
    'c3-standard-8': { cpus: 8, memoryGiB: 32, gpus: 0 },
    'n2-highmem-8': { cpus: 8, memoryGiB: 64, gpus: 0 },
    'g2-standard-4': { cpus: 4, memoryGiB: 16, gpus: 1 },
    'g2-standard-8': { cpus: 8, memoryGiB: 32, gpus: 1 },
  },
  aks: {
    Standard_D4s_v5: { cpus: 4, memoryGiB: 16, gpus: 0 },
    Standard_D8s_v5: { cpus: 8, memoryGiB: 32, gpus: 0 },
    Standard_F8s_v2: { cpus: 8, memoryGiB: 16, gpus: 0 },
    Standard_E8s_v5: { cpus: 8, memoryGiB: 64, gpus: 0 },
    Standard_NC4as_T4_v3: { cpus: 4, memoryGiB: 28, gpus: 1 },
    Standard_NC8as_T4_v3: { cpus: 8, memoryGiB: 56, gpus: 1 },
  },
}
