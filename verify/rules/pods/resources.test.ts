import { expect, test } from 'vitest'
import { deployment } from '../../testing/deployment.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { limitBelowRequest, resourcesMissing } from './resources.ts'

const full = 'cpu: 1, memory: 1Gi, ephemeral-storage: 1Gi'
const withResources = (requests: string, limits: string) =>
  deployment({ container: `resources: { requests: { ${requests} }, limits: { ${limits} } }` })

test('names what a container does not say', () => {
  expect(findingsOf(resourcesMissing, deployment())).toMatchObject([
    { severity: 'warning', fix: expect.stringContaining('resources.requests.cpu') },
    { severity: 'note', fix: expect.stringContaining('resources.limits.ephemeral-storage') },
  ])
  expect(findingsOf(resourcesMissing, withResources(full, 'memory: 1Gi'))).toMatchObject([{ severity: 'note' }])
  expect(findingsOf(resourcesMissing, withResources(full, full))).toEqual([])
})

test('a limit counts as its request', () => {
  expect(findingsOf(resourcesMissing, withResources('', full))).toEqual([])
})

test('a custom resource that leaves its pods unsized is named', () => {
  const cluster = (resources: string) => `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: a, namespace: prod }
spec: { instances: 3, storage: { size: 1Gi }${resources} }
`
  expect(findingsOf(resourcesMissing, cluster(''))).toMatchObject([{ severity: 'warning' }])
  expect(
    findingsOf(
      resourcesMissing,
      cluster(', resources: { requests: { cpu: 1, memory: 1Gi }, limits: { memory: 1Gi } }'),
    ),
  ).toEqual([])
})

test('a limit is not below its request', () => {
  expect(findingsOf(limitBelowRequest, withResources('memory: 1Gi', 'memory: 1000Mi'))).toMatchObject([
    { path: 'spec.template.spec.containers[0].resources.limits.memory' },
  ])
  expect(findingsOf(limitBelowRequest, withResources('memory: 1Gi', 'memory: 1024Mi'))).toEqual([])
})
