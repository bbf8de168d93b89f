import { type ClusterEnvironment, components, nodePools, toYaml } from '@knowton/derive'
import { platform } from '@knowton/system'
import {
  capacityRules,
  createWorld,
  joinLoadings,
  loadText,
  nodesAllowed,
  nodesNeeded,
  type PackedNode,
  packingOf,
  requestsOf,
  type Scenario,
  sizedPools,
  verify,
  type World,
} from '@knowton/verify'
import { poolsOf } from '../verify/context.ts'
import { type StorageRow, storageOf } from './storage.ts'

/** Nodes that a pool needs in a case, and how many it may have then. */
export type NodeCount = { readonly needed: number; readonly allowed: number }

/** A node that the plan fills, in parts of what it has for pods. */
export type NodePlan = {
  readonly zone: number
  readonly cpuPercent: number
  readonly memoryPercent: number
  readonly gpus: number
  readonly pods: readonly { readonly name: string; readonly count: number }[]
}

export type PoolPlan = {
  readonly name: string
  readonly instanceType: string
  readonly minNodes: number
  readonly maxNodes: number
  readonly zones: number
  readonly allocatable: { readonly cpuMillis: number; readonly memoryBytes: number; readonly gpus: number }
  readonly nodes: Readonly<Record<Scenario, NodeCount>>
  /** Where the declared pods stand. */
  readonly placed: readonly NodePlan[]
}

/** What would run where in one cluster. */
export type Plan = {
  readonly environment: string
  readonly pools: readonly PoolPlan[]
  /** All declared pods together. */
  readonly requests: {
    readonly pods: number
    readonly cpuMillis: number
    readonly memoryBytes: number
    readonly gpus: number
  }
  readonly storage: readonly StorageRow[]
  /** One sentence for each thing that does not fit, the gravest first. */
  readonly misfits: readonly string[]
}

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 100))

const nodePlan = ({ zone, room, taken, pods }: PackedNode): NodePlan => ({
  zone,
  cpuPercent: percent(taken.cpuMillis, room.cpuMillis),
  memoryPercent: percent(taken.memoryBytes, room.memoryBytes),
  gpus: taken.gpus,
  pods: [...pods].map(([{ name }, count]) => ({ name, count })),
})

const poolPlans = (world: World, instanceTypes: ReadonlyMap<string, string>): readonly PoolPlan[] => {
  const { nodes } = packingOf(world, 'now')
  const needed = {
    now: nodesNeeded(world, 'now'),
    peak: nodesNeeded(world, 'peak'),
    'node-lost': nodesNeeded(world, 'node-lost'),
    'zone-lost': nodesNeeded(world, 'zone-lost'),
  } as const
  return sizedPools(world).map((pool) => {
    const count = (scenario: Scenario): NodeCount => ({
      needed: needed[scenario].get(pool.name) ?? 0,
      allowed: nodesAllowed(pool, scenario),
    })
    return {
      name: pool.name,
      instanceType: instanceTypes.get(pool.name) ?? '',
      minNodes: pool.minNodes,
      maxNodes: pool.maxNodes,
      zones: pool.zones,
      allocatable: pool.allocatable,
      nodes: {
        now: count('now'),
        peak: count('peak'),
        'node-lost': count('node-lost'),
        'zone-lost': count('zone-lost'),
      },
      placed: nodes.filter(({ pool: name }) => name === pool.name).map(nodePlan),
    }
  })
}

const judged = ['pod-unschedulable', 'capacity-exceeded']

const totals = (world: World): Plan['requests'] => {
  const sum = { pods: 0, cpuMillis: 0, memoryBytes: 0, gpus: 0 }
  for (const { spec, replicas } of world.pods) {
    const needs = requestsOf(spec)
    sum.pods += replicas.count
    sum.cpuMillis += needs.cpuMillis * replicas.count
    sum.memoryBytes += needs.memoryBytes * replicas.count
    sum.gpus += needs.gpus * replicas.count
  }
  return sum
}

/** `instanceTypes`: machine type by pool. */
const planOf = (environment: string, world: World, instanceTypes: ReadonlyMap<string, string>): Plan => ({
  environment,
  pools: poolPlans(world, instanceTypes),
  requests: totals(world),
  storage: storageOf(world),
  misfits: verify(
    world,
    capacityRules.filter(({ id }) => judged.includes(id)),
  ).map(({ says }) => says),
})

/** Plans a cluster of this repository from what is derived for it. */
export const clusterPlan = (environment: ClusterEnvironment, today: Date): Plan => {
  const loadings = components(platform, environment).flatMap(({ name, files }) =>
    Object.entries(files).map(([file, objects]) => loadText(toYaml(objects), `${name}/${file}.yaml`)),
  )
  const world = createWorld(joinLoadings(loadings), {
    kubernetesVersion: environment.kubernetesVersion,
    today,
    pools: poolsOf(environment),
    flows: undefined,
    external: [],
  })
  return planOf(
    environment.name,
    world,
    new Map(nodePools(environment)?.map(({ name, instanceType }) => [name, instanceType])),
  )
}
