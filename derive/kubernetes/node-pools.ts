import type { Cloud, ClusterEnvironment, PoolSpec } from './cluster-environment.ts'
import { POOL_LABEL } from './names.ts'

/** One kind of node of a cluster, by the machine type that its cloud sells. */
export type DerivedNodePool = {
  readonly name: string
  readonly cloud: Exclude<Cloud, 'kind'>
  readonly instanceType: string
  readonly labels: Readonly<Record<string, string>>
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[]
  readonly minNodes: number
  readonly maxNodes: number
  readonly zones: number
}

const OPEN_POOL = 'general-purpose'

/** The nodes of a cluster by pool; undefined on one machine, which has none. */
export const nodePools = (environment: ClusterEnvironment): readonly DerivedNodePool[] | undefined => {
  const { kind: cloud } = environment.cloud
  if (cloud === 'kind') return undefined
  return Object.entries<PoolSpec>(environment.pools).map(([name, pool]) => ({
    name,
    cloud,
    instanceType: pool.instanceTypes[cloud],
    labels: { [POOL_LABEL]: name, ...pool.labels },
    taints: [...(name === OPEN_POOL ? [] : [{ key: POOL_LABEL, value: name, effect: 'NoSchedule' }]), ...pool.taints],
    minNodes: pool.minNodes,
    maxNodes: pool.maxNodes,
    zones: environment.zones,
  }))
}
