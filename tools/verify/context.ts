import type { PlatformShape } from '@knowton/core'
import { type ClusterEnvironment, clusterOf, flows, nodePools } from '@knowton/derive'
import { operators } from '@knowton/infra'
import { allocatableOfNamed, type Context, type NodePool } from '@knowton/verify'

/** What is installed before the platform, and so in no file that is judged. */
const external: readonly string[] = [
  ...new Set([
    'Namespace//argocd',
    'ServiceAccount/cert-manager/cert-manager',
    ...operators.map(({ namespace }) => `Namespace//${namespace}`),
  ]),
]

/** What is judged of a cluster before the platform is in it: operators and what delivers it. */
export const operatorsContext = (kubernetesVersion: string, today: Date): Context => ({
  ...plainContext(kubernetesVersion, today),
  external,
})

/** Manifests of which nothing is known but what they say. */
export const plainContext = (kubernetesVersion: string, today: Date): Context => ({
  kubernetesVersion,
  today,
  pools: undefined,
  flows: undefined,
  external: [],
})

/** The nodes of an environment with what its pods may use of each; undefined on one machine. */
export const poolsOf = (environment: ClusterEnvironment): readonly NodePool[] | undefined =>
  nodePools(environment)?.map((pool) => ({ ...pool, allocatable: allocatableOfNamed(pool.cloud, pool.instanceType) }))

/** What the manifests of an environment are meant for. */
export const contextOf = (platform: PlatformShape, environment: ClusterEnvironment, today: Date): Context => ({
  kubernetesVersion: environment.kubernetesVersion,
  today,
  pools: poolsOf(environment),
  flows: flows(clusterOf(platform, environment)),
  external,
})
