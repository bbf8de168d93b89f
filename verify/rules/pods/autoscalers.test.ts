import { expect, test } from 'vitest'
import { deployment } from '../../testing/deployment.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { autoscalerBlind, autoscalersCollide, replicasFixed } from './autoscalers.ts'

const target = 'scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: market }'
const scaler = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: market, namespace: prod }
spec: { ${target}, minReplicas: 2, maxReplicas: 8, metrics: [
  { type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } } ] }
`
const keda = `---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: market-lag, namespace: prod }
spec: { scaleTargetRef: { name: market }, triggers: [] }
`

test('a scaled workload leaves out its number of pods', () => {
  expect(findingsOf(replicasFixed, deployment({ workload: 'replicas: 2' }) + scaler)).toMatchObject([
    { path: 'spec.replicas' },
  ])
  expect(findingsOf(replicasFixed, deployment() + scaler)).toEqual([])
  expect(findingsOf(replicasFixed, deployment({ workload: 'replicas: 2' }))).toEqual([])
})

test('one autoscaler scales a workload', () => {
  expect(findingsOf(autoscalersCollide, deployment() + scaler + keda)).toHaveLength(1)
  expect(findingsOf(autoscalersCollide, deployment() + keda)).toEqual([])
})

test('a share of CPU needs a request of CPU', () => {
  expect(findingsOf(autoscalerBlind, deployment() + scaler)).toHaveLength(1)
  const sized = deployment({ container: 'resources: { requests: { cpu: 100m } }' })
  expect(findingsOf(autoscalerBlind, sized + scaler)).toEqual([])
})
