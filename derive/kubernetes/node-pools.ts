import { type Allocatable, allocatableOf } from './allocatable.ts'
import type { ClusterEnvironment, PoolSpec } from './cluster-environment.ts'
import { instanceTypes } from './instance-types.ts'
import { POOL_LABEL } from './names.ts'

/** One kind of node of a cluster, as the verifier and the plan look at it. */
export type DerivedNodePool = {
  readonly name: string
  readonly instanceType: string
  readonly labels: Readonly<Record<string, string>>
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[]
  readonly minNodes: number
  readonly maxNodes: number
  readonly zones: number
  /** Undefined where the machine type is none that is known here. */
  readonly allocatable: Allocatable | undefined
}

const OPEN_POOL = 'general-purpose'

/** The nodes of a cluster by pool; undefined on one machine, which has none. */
export const nodePools = (environment: ClusterEnvironment): readonly DerivedNodePool[] | undefined => {
  const { kind } = environment.cloud
  if (kind === 'kind') return undefined
  return Object.entries<PoolSpec>(environment.pools).map(([name, pool]) => {
    const instanceType = pool.instanceTypes[kind]
    const type = Object.hasOwn(instanceTypes, instanceType) ? instanceTypes[instanceType] : undefined
    return {
      name,
      instanceType,
      labels: { [POOL_LABEL]: name, ...pool.labels },
      taints: [...(name === OPEN_POOL ? [] : [{ key: POOL_LABEL, value: name, effect: 'NoSchedule' }]), ...pool.taints],
      minNodes: pool.minNodes,
      maxNodes: pool.maxNodes,
      zones: environment.zones,
      allocatable: type === undefined ? undefined : allocatableOf(kind, type),
    }
  })
}
