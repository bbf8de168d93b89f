import type { PoolName, PoolSpec } from '../kubernetes/cluster-environment.ts'
import { POOL_LABEL } from '../kubernetes/names.ts'

export type PoolTaint = PoolSpec['taints'][number]

/** The labels of a pool's nodes, its own name among them. */
export const poolLabels = (name: PoolName, { labels }: PoolSpec): Readonly<Record<string, string>> => ({
  [POOL_LABEL]: name,
  ...labels,
})

/** The taints of a pool's nodes: every pool but general-purpose keeps others out. */
export const poolTaints = (name: PoolName, { taints }: PoolSpec): readonly PoolTaint[] => [
  ...(name === 'general-purpose' ? [] : [{ key: POOL_LABEL, value: name, effect: 'NoSchedule' as const }]),
  ...taints,
]

/** Weaviate maps its files into memory; the kernel's own limit of mappings is too low for it (Weaviate's chart sets this). */
export const MAX_MAP_COUNT = 524_288

/** True for the pool whose nodes have GPUs. */
export const hasGpus = (name: PoolName): boolean => name === 'gpu-nodes'
