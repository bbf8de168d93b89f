import { expect, test } from 'vitest'
import { allocatableOf } from './allocatable.ts'
import { instanceTypes } from './instance-types.ts'

const GIB = 1024 ** 3
const of = (cloud: 'eks' | 'gke' | 'aks', name: string) => {
  const type = instanceTypes[name]
  if (type === undefined) throw new Error(`${name} is not in the table`)
  return allocatableOf(cloud, type)
}

test.each([
  ['eks', 't3.xlarge', 3720, 13.6],
  ['eks', 'r6i.2xlarge', 7710, 57.9],
  ['gke', 'e2-standard-4', 3620, 11.7],
  ['aks', 'Standard_D4s_v5', 3560, 12],
] as const)('%s %s leaves %i thousandths of a CPU and about %d GiB', (cloud, name, cpuMillis, gib) => {
  const { cpuMillis: cpu, memoryBytes } = of(cloud, name)
  expect(cpu).toBe(cpuMillis)
  expect(memoryBytes / GIB).toBeCloseTo(gib, 0)
})

test('AKS reserves what its table says', () => {
  const reserved = (cpus: number) =>
    cpus * 1000 - 300 - allocatableOf('aks', { cpus, memoryGiB: 64, gpus: 0 }).cpuMillis
  expect([1, 2, 4, 8, 16, 32, 64].map(reserved)).toEqual([60, 100, 140, 180, 260, 420, 740])
})

test('every machine has room for pods on its cloud', () => {
  for (const name of Object.keys(instanceTypes)) {
    const cloud = name.startsWith('Standard_') ? 'aks' : name.includes('-') ? 'gke' : 'eks'
    const { cpuMillis, memoryBytes } = of(cloud, name)
    expect(cpuMillis).toBeGreaterThan(0)
    expect(memoryBytes).toBeGreaterThan(GIB)
  }
})
