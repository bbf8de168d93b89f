import { expect, test } from 'vitest'
import { deployment } from '../../testing/deployment.ts'
import { findingsOf } from '../../testing/world-of.ts'
import type { NodePool } from '../../types.ts'
import { capacityExceeded } from './capacity-exceeded.ts'
import { limitOverNode } from './limit-over-node.ts'
import { podUnschedulable } from './pod-unschedulable.ts'
import { poolUnused, taintUnmatched } from './pools-and-pods.ts'

const gib = 1024 ** 3
const pool = (name: string, rest: Partial<NodePool> = {}): NodePool => ({
  name,
  labels: { pool: name },
  taints: [],
  minNodes: 1,
  maxNodes: 3,
  zones: 3,
  allocatable: { cpuMillis: 3900, memoryBytes: 14 * gib, gpus: 0 },
  ...rest,
})
const gpu = pool('gpu', { taints: [{ key: 'nvidia.com/gpu', value: 'true', effect: 'NoSchedule' }] })
const general = pool('general')
const context = { pools: [general, gpu] }

const select = (labels: string, rest = '') => deployment({ pod: `nodeSelector: { ${labels} }${rest}` })
const tolerate = (value: string) =>
  `, tolerations: [{ key: nvidia.com/gpu, operator: Equal, value: "${value}", effect: NoSchedule }]`

test('a label that no pool has keeps pods Pending, and a taint of that name is no label', () => {
  expect(findingsOf(podUnschedulable, select('nvidia.com/gpu: "true"', tolerate('true')), { context })).toMatchObject([
    { severity: 'error', says: expect.stringContaining('which is no label') },
  ])
  expect(findingsOf(podUnschedulable, select('pool: general'), { context })).toEqual([])
})

test('a taint that is not tolerated keeps pods Pending', () => {
  expect(findingsOf(podUnschedulable, select('pool: gpu'), { context })).toMatchObject([
    { says: expect.stringContaining('nvidia.com/gpu=true:NoSchedule') },
  ])
  expect(findingsOf(podUnschedulable, select('pool: gpu', tolerate('true')), { context })).toEqual([])
})

test('a node affinity counts as a selector does', () => {
  const affine = (operator: string, values: string) =>
    deployment({
      pod: `affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: pool, operator: ${operator}, values: [${values}] }] }] } } }`,
    })
  expect(findingsOf(podUnschedulable, affine('In', 'general, data'), { context })).toEqual([])
  expect(findingsOf(podUnschedulable, affine('In', 'data'), { context })).toHaveLength(1)
  expect(findingsOf(podUnschedulable, affine('NotIn', 'general'), { context })).toHaveLength(1)
})

test('labels that the cloud or the kubelet sets are not judged', () => {
  expect(findingsOf(podUnschedulable, select('topology.kubernetes.io/zone: eu-1a'), { context })).toEqual([])
})

const sized = (request: string, limit = request, workload = 'replicas: 1', extra = '') =>
  deployment({
    workload,
    pod: `nodeSelector: { pool: general }${extra}`,
    container: `resources: { requests: { memory: ${request} }, limits: { memory: ${limit} } }`,
  })

test('a pod larger than any node stays Pending', () => {
  expect(findingsOf(podUnschedulable, sized('16Gi'), { context })).toMatchObject([
    { says: expect.stringContaining('16 GiB of at most 14 GiB') },
  ])
  expect(findingsOf(podUnschedulable, sized('14Gi'), { context })).toEqual([])
})

test('a limit above the node is told', () => {
  expect(findingsOf(limitOverNode, sized('8Gi', '16Gi'), { context })).toMatchObject([{ severity: 'warning' }])
  expect(findingsOf(limitOverNode, sized('8Gi', '14Gi'), { context })).toEqual([])
})

test('a pool that is too small today is an error', () => {
  expect(findingsOf(capacityExceeded, sized('8Gi', '8Gi', 'replicas: 4'), { context })).toMatchObject([
    { severity: 'error', says: expect.stringContaining('it needs 4 nodes and may have 3') },
  ])
})

test('a pool without a node to spare is a warning, one with it is fine', () => {
  expect(findingsOf(capacityExceeded, sized('8Gi', '8Gi', 'replicas: 3'), { context })).toMatchObject([
    { severity: 'warning', says: expect.stringContaining('drained or replaced') },
  ])
  expect(findingsOf(capacityExceeded, sized('8Gi', '8Gi', 'replicas: 2'), { context })).toEqual([])
})

test('autoscalers are judged at their maximum', () => {
  const scaler = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: market, namespace: prod }
spec: { scaleTargetRef: { kind: Deployment, name: market }, minReplicas: 1, maxReplicas: 5 }
`
  expect(findingsOf(capacityExceeded, sized('8Gi') + scaler, { context })).toMatchObject([
    { severity: 'warning', says: expect.stringContaining('autoscaler') },
  ])
})

test('a zone that is away takes its nodes with it', () => {
  const six = { pools: [pool('general', { maxNodes: 6 })] }
  expect(findingsOf(capacityExceeded, sized('8Gi', '8Gi', 'replicas: 5'), { context: six })).toMatchObject([
    { says: expect.stringContaining('zone') },
  ])
  expect(findingsOf(capacityExceeded, sized('8Gi', '8Gi', 'replicas: 4'), { context: six })).toEqual([])
})

test('nothing is judged where the pools are not known', () => {
  for (const rule of [podUnschedulable, limitOverNode, capacityExceeded, taintUnmatched, poolUnused])
    expect(findingsOf(rule, sized('64Gi', '64Gi', 'replicas: 99'))).toEqual([])
})

test('a toleration names a taint of some pool', () => {
  expect(findingsOf(taintUnmatched, select('pool: gpu', tolerate('yes')), { context })).toHaveLength(1)
  expect(findingsOf(taintUnmatched, select('pool: gpu', tolerate('true')), { context })).toEqual([])
})

test('a pool that nothing asks for is noted', () => {
  expect(findingsOf(poolUnused, select('pool: general'), { context })).toMatchObject([
    { severity: 'note', says: expect.stringContaining('"gpu"') },
  ])
  expect(
    findingsOf(
      poolUnused,
      select('pool: general') + select('pool: gpu', tolerate('true')).replaceAll('market', 'serving'),
      { context },
    ),
  ).toEqual([])
})

test('a limit is judged by the smallest node that the pod may come to stand on', () => {
  const large = pool('large', { allocatable: { cpuMillis: 8000, memoryBytes: 60 * gib, gpus: 0 } })
  const anywhere = deployment({ container: 'resources: { requests: { memory: 8Gi }, limits: { memory: 16Gi } }' })
  expect(findingsOf(limitOverNode, anywhere, { context: { pools: [large, general] } })).toMatchObject([
    { says: expect.stringContaining('"general"') },
  ])
  expect(findingsOf(limitOverNode, anywhere, { context: { pools: [large] } })).toEqual([])
})

test('a limit is judged by the tainted pool that is meant where no label fits', () => {
  const serving = deployment({
    pod: `nodeSelector: { nvidia.com/gpu: "true" }${tolerate('true')}`,
    container: 'resources: { limits: { memory: 16Gi }, requests: { memory: 8Gi } }',
  })
  expect(findingsOf(limitOverNode, serving, { context })).toMatchObject([{ says: expect.stringContaining('"gpu"') }])
})
