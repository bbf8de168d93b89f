import type { PoolName, PoolSpec } from '@knowton/derive'

/** The founding document's four pools, and one for the stateful systems that it leaves without a place. */
export const pools: Readonly<Record<PoolName, PoolSpec>> = {
  'general-purpose': {
    instanceTypes: { eks: 't3.xlarge', gke: 'e2-standard-4', aks: 'Standard_D4s_v5', kind: 'kind' },
    minNodes: 3,
    maxNodes: 10,
    diskGiB: 100,
    labels: {},
    taints: [],
  },
  'compute-optimized': {
    instanceTypes: { eks: 'c6i.2xlarge', gke: 'c3-standard-8', aks: 'Standard_F8s_v2', kind: 'kind' },
    minNodes: 2,
    maxNodes: 8,
    diskGiB: 100,
    labels: {},
    taints: [],
  },
  'memory-optimized': {
    instanceTypes: { eks: 'r6i.2xlarge', gke: 'n2-highmem-8', aks: 'Standard_E8s_v5', kind: 'kind' },
    minNodes: 2,
    maxNodes: 9,
    diskGiB: 100,
    labels: {},
    taints: [],
  },
  'gpu-nodes': {
    instanceTypes: { eks: 'g5.xlarge', gke: 'g2-standard-4', aks: 'Standard_NC8as_T4_v3', kind: 'kind' },
    minNodes: 1,
    maxNodes: 4,
    diskGiB: 200,
    labels: { 'nvidia.com/gpu': 'true' },
    taints: [{ key: 'nvidia.com/gpu', value: 'true', effect: 'NoSchedule' }],
  },
  data: {
    instanceTypes: { eks: 'r6i.2xlarge', gke: 'n2-highmem-8', aks: 'Standard_E8s_v5', kind: 'kind' },
    minNodes: 3,
    maxNodes: 9,
    diskGiB: 100,
    labels: {},
    taints: [],
  },
}
