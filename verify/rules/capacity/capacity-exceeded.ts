import { poolsFor } from '../../capacity/admission.ts'
import type { Unplaced } from '../../capacity/pack.ts'
import {
  isAsked,
  nodesAllowed,
  nodesNeeded,
  packingOf,
  type Scenario,
  scenarios,
  sizedPools,
} from '../../capacity/scenarios.ts'
import { specPath } from '../../pod-template.ts'
import type { Found, Rule, World } from '../../types.ts'

const when: Readonly<Record<Scenario, string>> = {
  now: '',
  peak: 'When every autoscaler has gone to its maximum, ',
  'node-lost': 'While one node of each pool is drained or replaced, ',
  'zone-lost': 'While one zone is away, ',
}

/** Pods that fit on an empty node and find none, by the pools that they may go to. */
const overflow = (world: World, scenario: Scenario): ReadonlyMap<string, readonly Unplaced[]> => {
  const pools = sizedPools(world)
  const waiting = packingOf(world, scenario).unplaced.filter(
    ({ group, tooLarge }) => !tooLarge && poolsFor(group, world.context.pools ?? []).length > 0,
  )
  return Map.groupBy(waiting, ({ group }) =>
    poolsFor(group, pools)
      .map(({ name }) => `"${name}"`)
      .join(', '),
  )
}

const counted = (waiting: readonly Unplaced[]): string =>
  waiting.map(({ group, count }) => `${count} of ${group.name}`).join(', ')

/** Why there is no room: the nodes that one pool lacks, or that all of several are full. */
const lack = (world: World, scenario: Scenario, waiting: readonly Unplaced[]): string => {
  const [pool, ...others] = waiting[0] === undefined ? [] : poolsFor(waiting[0].group, sizedPools(world))
  if (pool === undefined || others.length > 0) return 'their nodes are full'
  const needed = nodesNeeded(world, scenario).get(pool.name) ?? 0
  const allowed = nodesAllowed(pool, scenario)
  return needed > allowed ? `it needs ${needed} nodes and may have ${allowed}` : `its ${allowed} nodes are full`
}

const foundIn = (world: World, scenario: Scenario, done: Set<string>): readonly Found[] =>
  [...overflow(world, scenario)].flatMap(([names, waiting]) => {
    const [first] = waiting
    if (first === undefined || done.has(names)) return []
    done.add(names)
    const where = names.includes(',') ? `the pools ${names}` : `the pool ${names}`
    const says = `pods stay Pending in ${where} (${counted(waiting)}): ${lack(world, scenario, waiting)}.`
    return [
      {
        on: first.group.owner,
        path: specPath(first.group),
        severity: scenario === 'now' ? ('error' as const) : ('warning' as const),
        says: when[scenario] === '' ? `P${says.slice(1)}` : `${when[scenario]}${says}`,
        fix: 'Raise the most nodes of the pool, take larger nodes, or lower requests.',
      },
    ]
  })

/** Pools that cannot hold their pods: today, at their most, with a node or a zone lost. The gravest case of a pool is told. */
export const capacityExceeded: Rule = {
  id: 'capacity-exceeded',
  severity: 'error',
  about: 'Each pool holds its pods, also scaled up and with one node or one zone lost.',
  check: (world) => {
    if (sizedPools(world).length === 0) return []
    const done = new Set<string>()
    return scenarios
      .filter((scenario) => isAsked(world, scenario))
      .flatMap((scenario) => foundIn(world, scenario, done))
  },
}
