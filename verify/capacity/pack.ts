import { selects } from '../model/selector.ts'
import type { NodePool, PodGroup } from '../types.ts'
import { hardSpreads, poolsFor } from './admission.ts'
import { areApart, type Domain, domainOf } from './apartness.ts'
import { fits, type Needs, none, plus } from './needs.ts'

/** Pods that are alike and how many of them are to be placed. */
export type Load = { readonly group: PodGroup; readonly needs: Needs; readonly count: number }

/** A pool whose nodes' room is known. */
export type SizedPool = NodePool & { readonly allocatable: Needs }

/** A node with what stands on it. */
export type PackedNode = {
  readonly pool: string
  readonly zone: number
  /** What pods may use, after what a DaemonSet takes of every node. */
  readonly room: Needs
  readonly taken: Needs
  /** Pods by group. */
  readonly pods: ReadonlyMap<PodGroup, number>
}

/** Pods that found no place. `tooLarge`: not even on an empty node. */
export type Unplaced = { readonly group: PodGroup; readonly count: number; readonly tooLarge: boolean }

export type Packing = { readonly nodes: readonly PackedNode[]; readonly unplaced: readonly Unplaced[] }

type Node = { pool: SizedPool; zone: number; room: Needs; taken: Needs; pods: Map<PodGroup, number> }

type Cluster = {
  readonly pools: readonly SizedPool[]
  readonly daemons: readonly Load[]
  readonly nodes: Node[]
  readonly apart: (a: PodGroup, b: PodGroup, domain: Domain) => boolean
}

/** What DaemonSets take of each node of a pool. */
const daemonNeeds = (pool: SizedPool, daemons: readonly Load[]): Needs =>
  daemons.filter(({ group }) => poolsFor(group, [pool]).length > 0).reduce((sum, { needs }) => plus(sum, needs), none)

const roomOf = (pool: SizedPool, daemons: readonly Load[]): Needs => {
  const taken = daemonNeeds(pool, daemons)
  return {
    cpuMillis: pool.allocatable.cpuMillis - taken.cpuMillis,
    memoryBytes: pool.allocatable.memoryBytes - taken.memoryBytes,
    gpus: pool.allocatable.gpus - taken.gpus,
  }
}

const memory = (): Cluster['apart'] => {
  const known = new Map<PodGroup, Map<PodGroup, Record<Domain, boolean>>>()
  return (a, b, domain) => {
    const row = known.get(a) ?? new Map<PodGroup, Record<Domain, boolean>>()
    known.set(a, row)
    const cell = row.get(b) ?? { node: areApart(a, b, 'node'), zone: areApart(a, b, 'zone') }
    row.set(b, cell)
    return cell[domain]
  }
}

const isKeptAway = (cluster: Cluster, group: PodGroup, node: Node): boolean =>
  [...node.pods.keys()].some((other) => cluster.apart(group, other, 'node')) ||
  cluster.nodes.some(
    ({ zone, pods }) => zone === node.zone && [...pods.keys()].some((other) => cluster.apart(group, other, 'zone')),
  )

const selected = (node: Node, group: PodGroup, selector: unknown): number =>
  [...node.pods]
    .filter(([other]) => other.namespace === group.namespace && selects(selector, other.labels))
    .reduce((sum, [, count]) => sum + count, 0)

const sumOver = (nodes: readonly Node[], of: (node: Node) => number): number =>
  nodes.reduce((sum, node) => sum + of(node), 0)

/** Whether one more pod of the group on `node` keeps its hard spread over zones or nodes. */
const keepsSpread = (cluster: Cluster, group: PodGroup, node: Node): boolean =>
  hardSpreads(group.spec).every(({ topologyKey, maxSkew, selector }) => {
    const domain = domainOf(topologyKey)
    if (domain === undefined) return true
    const own = (one: Node) => selected(one, group, selector)
    const open = cluster.nodes.filter(({ pool }) => pool === node.pool)
    const counts =
      domain === 'zone'
        ? Array.from({ length: node.pool.zones }, (_, zone) =>
            sumOver(
              open.filter((one) => one.zone === zone),
              own,
            ),
          )
        : [...open, ...(open.includes(node) ? [] : [node])].map(own)
    const here = domain === 'zone' ? (counts[node.zone] ?? 0) : own(node)
    return here + 1 - Math.min(...counts) <= maxSkew
  })

const takes = (cluster: Cluster, { group, needs }: Load, node: Node): boolean =>
  fits(needs, node.taken, node.room) && !isKeptAway(cluster, group, node) && keepsSpread(cluster, group, node)

/** An empty node in each zone of the pool, the zone with the fewest nodes first. */
const newNodes = (cluster: Cluster, pool: SizedPool): readonly Node[] => {
  const own = cluster.nodes.filter((node) => node.pool === pool)
  if (own.length >= pool.maxNodes) return []
  const inZone = (zone: number) => own.filter((node) => node.zone === zone).length
  return Array.from({ length: Math.max(1, pool.zones) }, (_, zone) => zone)
    .toSorted((a, b) => inZone(a) - inZone(b) || a - b)
    .map((zone) => ({ pool, zone, room: roomOf(pool, cluster.daemons), taken: none, pods: new Map() }))
}

const place = (cluster: Cluster, load: Load): 'placed' | 'no-room' | 'too-large' => {
  const pools = poolsFor(load.group, cluster.pools)
  const open = cluster.nodes.find((node) => pools.includes(node.pool) && takes(cluster, load, node))
  const fresh = open ?? pools.flatMap((pool) => newNodes(cluster, pool)).find((node) => takes(cluster, load, node))
  if (fresh === undefined) {
    const isTooLarge = !pools.some((pool) => fits(load.needs, none, roomOf(pool, cluster.daemons)))
    return isTooLarge ? 'too-large' : 'no-room'
  }
  if (open === undefined) cluster.nodes.push(fresh)
  fresh.taken = plus(fresh.taken, load.needs)
  fresh.pods.set(load.group, (fresh.pods.get(load.group) ?? 0) + 1)
  return 'placed'
}

/** The largest share of any node of the pools that a pod may go to. */
const weight = ({ group, needs }: Load, pools: readonly SizedPool[]): number =>
  Math.max(
    0,
    ...poolsFor(group, pools).map(({ allocatable }) =>
      Math.max(
        needs.cpuMillis / (allocatable.cpuMillis || 1),
        needs.memoryBytes / (allocatable.memoryBytes || 1),
        needs.gpus / (allocatable.gpus || 1),
      ),
    ),
  )

/** First those that have the fewest pools to go to, then the largest. */
const inOrder = (loads: readonly Load[], pools: readonly SizedPool[]): readonly Load[] =>
  loads
    .map((load) => ({ load, choices: poolsFor(load.group, pools).length, weight: weight(load, pools) }))
    .toSorted(
      (a, b) =>
        a.choices - b.choices ||
        b.weight - a.weight ||
        (a.load.group.name < b.load.group.name ? -1 : a.load.group.name > b.load.group.name ? 1 : 0),
    )
    .map(({ load }) => load)

/**
 * Places pods on as few nodes as first-fit decreasing finds, opening nodes up to each pool's maximum: never over a
 * node's room, and honouring required anti-affinity and hard spread over nodes and zones.
 */
export const pack = (loads: readonly Load[], pools: readonly SizedPool[]): Packing => {
  const daemons = loads.filter(({ group }) => group.owner.ref.kind === 'DaemonSet')
  const cluster: Cluster = { pools, daemons, nodes: [], apart: memory() }
  const unplaced: Unplaced[] = []
  for (const load of inOrder(loads, pools).filter((one) => !daemons.includes(one)))
    for (let placed = 0; placed < load.count; placed += 1) {
      const outcome = place(cluster, load)
      if (outcome === 'placed') continue
      unplaced.push({ group: load.group, count: load.count - placed, tooLarge: outcome === 'too-large' })
      break
    }
  return { nodes: cluster.nodes.map((node) => ({ ...node, pool: node.pool.name })), unplaced }
}
