import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deployment } from '../testing/deployment.ts'
import { worldOf } from '../testing/world-of.ts'
import type { PodGroup } from '../types.ts'
import { fits, none, plus, times } from './needs.ts'
import { type Load, pack, type SizedPool } from './pack.ts'
import { loadsOf } from './scenarios.ts'

const pool = (maxNodes: number, zones = 3): SizedPool => ({
  name: 'data',
  labels: {},
  taints: [],
  minNodes: 0,
  maxNodes,
  zones,
  allocatable: { cpuMillis: 4000, memoryBytes: 16_000, gpus: 1 },
})

const term = (key: string) =>
  `affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: ${key}, labelSelector: { matchLabels: { kind: apart } } }] } }`

const groupNamed = (name: string, apart: boolean): PodGroup => {
  const text = deployment({ name, ...(apart ? { pod: term('kubernetes.io/hostname') } : {}) }).replace(
    `labels: { app: ${name} }, annotations`,
    `labels: { app: ${name}${apart ? ', kind: apart' : ''} }, annotations`,
  )
  const [group] = worldOf(text).pods
  if (group === undefined) throw new Error('a Deployment has pods')
  return group
}

const groups = Array.from({ length: 6 }, (_, index) => groupNamed(`g${index}`, index % 2 === 0))

const load = fc.record({
  group: fc.constantFrom(...groups),
  cpuMillis: fc.integer({ min: 0, max: 4000 }),
  memoryBytes: fc.integer({ min: 0, max: 16_000 }),
  gpus: fc.constantFrom(0, 0, 0, 1),
  count: fc.integer({ min: 0, max: 6 }),
})

const loads = fc
  .uniqueArray(load, { selector: ({ group }) => group.name, maxLength: 6 })
  .map((all) => all.map(({ group, count, ...needs }): Load => ({ group, count, needs })))

const sum = (all: readonly Load[]) => all.map(({ needs, count }) => times(needs, count)).reduce(plus, none)

test('no node holds more than it has, and every pod is placed or told of', () => {
  fc.assert(
    fc.property(loads, fc.integer({ min: 0, max: 8 }), (all, maxNodes) => {
      const { nodes, unplaced } = pack(all, [pool(maxNodes)])
      expect(nodes.length).toBeLessThanOrEqual(maxNodes)
      for (const { room, taken, pods } of nodes) {
        expect(fits(taken, none, room)).toBe(true)
        const own = [...pods].map(([group, count]) =>
          times(all.find((one) => one.group === group)?.needs ?? none, count),
        )
        expect(own.reduce(plus, none)).toEqual(taken)
        expect(
          [...pods].filter(([{ labels }]) => labels.kind === 'apart').reduce((n, [, count]) => n + count, 0),
        ).toBeLessThanOrEqual(1)
      }
      for (const { group, count } of all) {
        const placed = nodes.reduce((n, { pods }) => n + (pods.get(group) ?? 0), 0)
        const waiting = unplaced.find((one) => one.group === group)?.count ?? 0
        expect(placed + waiting).toBe(count)
      }
    }),
  )
})

test('never fewer nodes than all requests together fill, never more than one for each pod', () => {
  fc.assert(
    fc.property(loads, (all) => {
      const { nodes, unplaced } = pack(all, [pool(1000)])
      expect(unplaced).toEqual([])
      const { cpuMillis, memoryBytes, gpus } = sum(all)
      const least = Math.max(Math.ceil(cpuMillis / 4000), Math.ceil(memoryBytes / 16_000), gpus)
      expect(nodes.length).toBeGreaterThanOrEqual(least)
      expect(nodes.length).toBeLessThanOrEqual(all.reduce((n, { count }) => n + count, 0))
    }),
  )
})

const requests = 'resources: { requests: { cpu: 500m, memory: 1k } }'
const packed = (pod: string, replicas: number, where: SizedPool) =>
  pack(
    loadsOf(
      worldOf(deployment({ name: 'a', container: requests, pod, workload: `replicas: ${replicas}` }), {
        context: { pools: [where] },
      }),
      'now',
    ),
    [where],
  )

test('pods that may not share a zone stay away when zones are too few', () => {
  const apart = term('topology.kubernetes.io/zone').replace('kind: apart', 'app: a')
  expect(packed(apart, 3, pool(9)).unplaced).toEqual([])
  expect(packed(apart, 3, pool(9, 2)).unplaced).toMatchObject([{ count: 1, tooLarge: false }])
})

test('a hard spread over zones opens nodes in all of them', () => {
  const spread =
    'topologySpreadConstraints: [{ maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { app: a } } }]'
  expect(
    packed(spread, 3, pool(9))
      .nodes.map(({ zone }) => zone)
      .toSorted(),
  ).toEqual([0, 1, 2])
  expect(packed('hostNetwork: false', 3, pool(9)).nodes).toHaveLength(1)
})

test('what a DaemonSet takes is missing on every node', () => {
  const daemon = deployment({ kind: 'DaemonSet', name: 'agent', container: 'resources: { requests: { cpu: 1 } }' })
  const app = deployment({ name: 'a', container: 'resources: { requests: { cpu: 2 } }', workload: 'replicas: 2' })
  const where = pool(9)
  const nodes = (text: string) => pack(loadsOf(worldOf(text), 'now'), [where]).nodes.length
  expect(nodes(app)).toBe(1)
  expect(nodes(app + daemon)).toBe(2)
})
