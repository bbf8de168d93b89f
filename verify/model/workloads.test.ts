import { expect, test } from 'vitest'
import { worldOf } from '../testing/world-of.ts'

const deployment = (spec = '') => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: prod }
spec: { ${spec} template: { metadata: { labels: { app: web } }, spec: { serviceAccountName: web,
  initContainers: [{ name: prepare, ports: [{ containerPort: 1 }] }, { name: beside, restartPolicy: Always, ports: [{ containerPort: 2 }] }],
  containers: [{ name: app, ports: [{ name: http, containerPort: 3000 }, { containerPort: 53, protocol: UDP }] }] } } }
`
const scaler = (kind: string, apiVersion: string, spec: string) => `---
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: web, namespace: prod }
spec: { scaleTargetRef: { kind: Deployment, name: web }, ${spec} }
`
const replicas = (text: string) => worldOf(text).pods[0]?.replicas

test('pods of a workload carry its labels, account and every port that stays open', () => {
  expect(worldOf(deployment()).pods[0]).toMatchObject({
    labels: { app: 'web' },
    serviceAccount: 'web',
    path: 'spec.template',
    ports: [
      { name: 'http', port: 3000, protocol: 'TCP' },
      { port: 53, protocol: 'UDP' },
      { port: 2, protocol: 'TCP' },
    ],
  })
})

test('counts replicas, and how many an autoscaler may make of them', () => {
  expect(replicas(deployment())).toEqual({ count: 1, max: 1 })
  expect(replicas(deployment('replicas: 3,'))).toEqual({ count: 3, max: 3 })
  expect(
    replicas(deployment() + scaler('HorizontalPodAutoscaler', 'autoscaling/v2', 'minReplicas: 2, maxReplicas: 8')),
  ).toEqual({ count: 2, max: 8 })
  expect(replicas(deployment() + scaler('ScaledObject', 'keda.sh/v1alpha1', 'minReplicaCount: 2'))).toEqual({
    count: 2,
    max: 100,
  })
})

test('claims of a StatefulSet are each pod’s own', () => {
  const set = `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: store, namespace: prod }
spec: { replicas: 3, template: { spec: { containers: [] } }, volumeClaimTemplates: [{ metadata: { name: data }, spec: { storageClassName: fast, resources: { requests: { storage: 10Gi } } } }] }
`
  expect(worldOf(set).pods[0]?.ownClaims).toEqual([{ name: 'data', storage: '10Gi', storageClass: 'fast' }])
})

test('finds the pods of a CronJob and of a Pod alone', () => {
  const text = `
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly, namespace: prod }
spec: { jobTemplate: { spec: { parallelism: 2, template: { metadata: { labels: { app: nightly } }, spec: { containers: [] } } } } }
---
apiVersion: v1
kind: Pod
metadata: { name: one, namespace: prod, labels: { app: one } }
spec: { containers: [] }
`
  expect(worldOf(text).pods.map(({ name, labels, replicas: { count } }) => [name, labels.app, count])).toEqual([
    ['nightly', 'nightly', 2],
    ['one', 'one', 1],
  ])
})
