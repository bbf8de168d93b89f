import { expect, test } from 'vitest'
import { loadText } from '../load/load-text.ts'
import { allocatableOf, allocatableOfNamed } from './allocatable.ts'
import { type MachineCloud, machineTypes } from './machine-types.ts'

const GIB = 1024 ** 3
const machines = (['eks', 'gke', 'aks'] as const).flatMap((cloud) =>
  Object.keys(machineTypes[cloud]).map((name): readonly [MachineCloud, string] => [cloud, name]),
)

test.each([
  ['eks', 't3.xlarge', 3720, 13.6],
  ['eks', 'r6i.2xlarge', 7710, 57.9],
  ['gke', 'e2-standard-4', 3620, 11.7],
  ['aks', 'Standard_D4s_v5', 3560, 12],
] as const)('%s %s leaves %i thousandths of a CPU and about %d GiB', (cloud, name, cpuMillis, gib) => {
  const room = allocatableOfNamed(cloud, name)
  expect(room?.cpuMillis).toBe(cpuMillis)
  expect((room?.memoryBytes ?? 0) / GIB).toBeCloseTo(gib, 0)
})

test('AKS reserves what its table says', () => {
  const reserved = (cpus: number) =>
    cpus * 1000 - 300 - allocatableOf('aks', { cpus, memoryGiB: 64, gpus: 0 }).cpuMillis
  expect([1, 2, 4, 8, 16, 32, 64].map(reserved)).toEqual([60, 100, 140, 180, 260, 420, 740])
})

test.each(machines)('%s %s has room for pods, the same whether a cluster or a file names it', (cloud, name) => {
  const room = allocatableOfNamed(cloud, name)
  expect(room?.cpuMillis).toBeGreaterThan(0)
  expect(room?.memoryBytes).toBeGreaterThan(GIB)
  const { pools } = loadText(
    `node_pools: [{ name: a, instance_type: ${name}, min_nodes: 1, max_nodes: 2 }]\n`,
    'pools.yaml',
  )
  expect(pools?.[0]?.allocatable).toEqual(room)
})

test('a machine that no table knows has no size', () => {
  expect(allocatableOfNamed('eks', 'moon.large')).toBeUndefined()
})
