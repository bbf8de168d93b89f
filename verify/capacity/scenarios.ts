import type { NodePool, PodGroup, World } from '../types.ts'
import { type Needs, requestsOf } from './needs.ts'
import { type Load, type Packing, pack, type SizedPool } from './pack.ts'

/**
 * What the cluster must bear. `now`: the pods that are declared; `peak`: as many as every autoscaler may make;
 * `node-lost`: the declared pods while each pool at its maximum lacks one node (drained, replaced);
 * `zone-lost`: the declared pods with the nodes of the remaining zones, when one zone is away.
 */
export const scenarios = ['now', 'peak', 'node-lost', 'zone-lost'] as const
export type Scenario = (typeof scenarios)[number]

const isSized = (pool: NodePool): pool is SizedPool => pool.allocatable !== undefined

/** The pools of which it is known how much their nodes hold. */
export const sizedPools = (world: World): readonly SizedPool[] => (world.context.pools ?? []).filter(isSized)

/**
 * A pool as a scenario leaves it: one node fewer, or one zone with its nodes fewer. A pool with a single zone keeps all its
 * nodes: losing the zone would leave none, and no number of nodes helps against that.
 */
const poolIn = (pool: SizedPool, scenario: Scenario): SizedPool => {
  if (scenario === 'node-lost') return { ...pool, maxNodes: pool.maxNodes - 1 }
  if (scenario === 'zone-lost' && pool.zones > 1)
    return { ...pool, zones: pool.zones - 1, maxNodes: pool.maxNodes - Math.ceil(pool.maxNodes / pool.zones) }
  return pool
}

/** Pods with volumes of their own wait for their zone: its disks are nowhere else. */
const countIn = ({ replicas, ownClaims }: PodGroup, scenario: Scenario, zones: number): number => {
  if (scenario === 'peak') return replicas.max
  if (scenario === 'zone-lost' && ownClaims.length > 0) return replicas.count - Math.floor(replicas.count / zones)
  return replicas.count
}

/** The pods of a world and what each asks for. A CronJob's run now and then and are counted as one that runs. */
export const loadsOf = (world: World, scenario: Scenario): readonly Load[] => {
  const zones = Math.max(1, ...sizedPools(world).map((pool) => pool.zones))
  return world.pods
    .map((group): Load => ({ group, needs: needsOf(group), count: countIn(group, scenario, zones) }))
    .filter(({ count }) => count > 0)
}

const needsOf = (group: PodGroup): Needs => requestsOf(group.spec)

/** Whether a scenario says something of these pools: without zones none is lost. */
export const isAsked = (world: World, scenario: Scenario): boolean =>
  scenario !== 'zone-lost' || sizedPools(world).some(({ zones }) => zones > 1)

/** Where the pods of a world find a place in one scenario. */
export const packingOf = (world: World, scenario: Scenario): Packing =>
  pack(
    loadsOf(world, scenario),
    sizedPools(world).map((pool) => poolIn(pool, scenario)),
  )

/** Nodes beyond which no pool is asked for. */
const ENOUGH = 1000

/** The nodes of each pool that the pods would fill if pools had no maximum. */
export const nodesNeeded = (world: World, scenario: Scenario): ReadonlyMap<string, number> => {
  const pools = sizedPools(world).map((pool) => ({ ...poolIn(pool, scenario), maxNodes: ENOUGH }))
  const { nodes } = pack(loadsOf(world, scenario), pools)
  return new Map(pools.map(({ name }) => [name, nodes.filter(({ pool }) => pool === name).length]))
}

/** How many nodes a pool may have in a scenario. */
export const nodesAllowed = (pool: SizedPool, scenario: Scenario): number => poolIn(pool, scenario).maxNodes
