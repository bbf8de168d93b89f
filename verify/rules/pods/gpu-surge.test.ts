import { expect, test } from 'vitest'
import { deployment } from '../../testing/deployment.ts'
import { findingsOf } from '../../testing/world-of.ts'
import type { NodePool } from '../../types.ts'
import { gpuSurge } from './gpu-surge.ts'

const serving = (workload: string) =>
  deployment({ workload, container: 'resources: { limits: { nvidia.com/gpu: 1 } }' })

const gpuPool = (maxNodes: number): NodePool => ({
  name: 'gpu',
  labels: {},
  taints: [],
  minNodes: 1,
  maxNodes,
  zones: 3,
  allocatable: { cpuMillis: 4000, memoryBytes: 16e9, gpus: 1 },
})

test('a rollout with surge waits for a GPU', () => {
  expect(findingsOf(gpuSurge, serving('replicas: 2'))).toMatchObject([{ severity: 'warning', path: 'spec.strategy' }])
})

test('a rollout that needs more GPUs than the cluster has never ends', () => {
  expect(findingsOf(gpuSurge, serving('replicas: 2'), { context: { pools: [gpuPool(2)] } })).toMatchObject([
    { severity: 'error' },
  ])
  expect(findingsOf(gpuSurge, serving('replicas: 2'), { context: { pools: [gpuPool(3)] } })).toMatchObject([
    { severity: 'warning' },
  ])
})

test.each(['strategy: { type: Recreate }', 'strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }'])(
  'a rollout without surge needs none: %s',
  (strategy) => {
    expect(findingsOf(gpuSurge, serving(`replicas: 2, ${strategy}`))).toEqual([])
  },
)

test('pods without a GPU may surge', () => {
  expect(findingsOf(gpuSurge, deployment({ workload: 'replicas: 2' }))).toEqual([])
})
