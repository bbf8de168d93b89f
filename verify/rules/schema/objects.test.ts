import { describe, expect, test } from 'vitest'
import { findingsOf } from '../../testing/world-of.ts'
import { apiUnknown } from './api-unknown.ts'
import { nameInvalid } from './name-invalid.ts'
import { namespaceMissing } from './namespace-missing.ts'
import { objectDuplicate } from './object-duplicate.ts'

const object = (apiVersion: string, kind: string, metadata = 'name: x, namespace: default') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {${metadata}}`

describe('api-unknown', () => {
  test.each([
    ['apps/v1', 'Deployment'],
    ['v1', 'Secret'],
    ['kafka.strimzi.io/v1', 'Kafka'],
    ['gateway.networking.k8s.io/v1beta1', 'HTTPRoute'],
    ['external-secrets.io/v1', 'ExternalSecret'],
    ['redis.redis.opstreelabs.in/v1beta2', 'RedisCluster'],
  ])('knows %s %s', (apiVersion, kind) => {
    expect(findingsOf(apiUnknown, object(apiVersion, kind))).toEqual([])
  })

  test.each([
    ['kafka.strimzi.io/v1beta2', 'Kafka', 'Use kafka.strimzi.io/v1.'],
    ['redis.redis.opstreelabs.in/v1beta1', 'RedisCluster', 'Use redis.redis.opstreelabs.in/v1beta2.'],
    ['external-secrets.io/v1beta1', 'ExternalSecret', 'Use external-secrets.io/v1.'],
    ['policy/v1beta1', 'PodDisruptionBudget', 'Use policy/v1.'],
    ['extensions/v1beta1', 'Ingress', 'Use networking.k8s.io/v1.'],
    ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 'Use autoscaling/v2.'],
    ['apps/v2', 'Deployment', 'Use apps/v1.'],
    ['apps/v1', 'Deploymnet', 'Write Deployment if that is meant.'],
  ])('refuses %s %s and says what to use', (apiVersion, kind, fix) => {
    expect(findingsOf(apiUnknown, object(apiVersion, kind))).toMatchObject([{ severity: 'error', fix }])
  })

  test('a version is not refused before the release that dropped it', () => {
    const text = object('policy/v1beta1', 'PodDisruptionBudget')
    expect(findingsOf(apiUnknown, text, { context: { kubernetesVersion: '1.24' } })).not.toMatchObject([
      { says: expect.stringContaining('no more since') },
    ])
  })

  test('a kind of which nothing is known is noted once', () => {
    const text = [object('example.org/v1', 'Thing', 'name: a'), object('example.org/v1', 'Thing', 'name: b')].join(
      '\n---\n',
    )
    expect(findingsOf(apiUnknown, text)).toMatchObject([{ severity: 'note', path: 'kind' }])
  })

  test('a kind that a definition among the files brings is served', () => {
    const definition = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: things.example.org }
spec: { group: example.org, names: { kind: Thing }, versions: [{ name: v1, served: true }] }
---
`
    expect(findingsOf(apiUnknown, definition + object('example.org/v1', 'Thing'))).toEqual([])
  })
})

describe('object-duplicate', () => {
  test('the later of two is reported and names the first', () => {
    const text = `${object('v1', 'Namespace', 'name: a')}\n---\n${object('v1', 'Namespace', 'name: a')}`
    expect(findingsOf(objectDuplicate, text)).toMatchObject([
      { source: { line: 7 }, says: expect.stringContaining('test.yaml:1') },
    ])
  })

  test('the same name in another namespace, or of another kind, is another object', () => {
    const text = [
      object('v1', 'Secret', 'name: a, namespace: b'),
      object('v1', 'Secret', 'name: a, namespace: c'),
      object('v1', 'ConfigMap', 'name: a, namespace: b'),
    ].join('\n---\n')
    expect(findingsOf(objectDuplicate, text)).toEqual([])
  })
})

describe('name-invalid', () => {
  test.each([
    ['v1', 'Secret', 'name: a.b-c'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'name: "system:node"'],
    ['v1', 'ConfigMap', 'generateName: a-'],
    ['v1', 'ConfigMap', 'name: a, labels: {app.kubernetes.io/name: A_b.c, empty: ""}'],
  ])('takes %s %s {%s}', (apiVersion, kind, metadata) => {
    expect(findingsOf(nameInvalid, object(apiVersion, kind, metadata))).toEqual([])
  })

  test.each([
    ['Secret', 'name: A', 'metadata.name'],
    ['Secret', 'name: a_b', 'metadata.name'],
    ['Service', 'name: a.b', 'metadata.name'],
    ['Service', 'name: 1a', 'metadata.name'],
    ['Namespace', `name: ${'a'.repeat(64)}`, 'metadata.name'],
    ['Secret', 'namespace: a', 'metadata.name'],
    ['Secret', 'name: a, labels: {x: "a b"}', 'metadata.labels.x'],
    ['Secret', `name: a, labels: {x: ${'a'.repeat(64)}}`, 'metadata.labels.x'],
    ['Secret', 'name: a, labels: {a/b/c: x}', 'metadata.labels.a/b/c'],
    ['Secret', 'name: a, annotations: {"a b": x}', 'metadata.annotations.a b'],
  ])('refuses %s {%s}', (kind, metadata, path) => {
    expect(findingsOf(nameInvalid, object('v1', kind, metadata)).map((found) => found.path)).toEqual([path])
  })

  test('port names of containers have at most 15 characters', () => {
    const pod = (name: string) =>
      `${object('v1', 'Pod')}\nspec: {containers: [{name: c, ports: [{name: ${name}, containerPort: 1}]}]}`
    expect(findingsOf(nameInvalid, pod('tcp-prometheus'))).toEqual([])
    expect(findingsOf(nameInvalid, pod('a-name-far-too-long'))).toHaveLength(1)
  })
})

describe('namespace-missing', () => {
  test('an object of a namespace without one is a warning', () => {
    expect(findingsOf(namespaceMissing, object('v1', 'Secret', 'name: a'))).toMatchObject([{ severity: 'warning' }])
  })

  test('a namespace that nothing makes is told once, and not at all when it is known from elsewhere', () => {
    const text = [
      object('v1', 'Secret', 'name: a, namespace: n'),
      object('v1', 'Secret', 'name: b, namespace: n'),
    ].join('\n---\n')
    expect(findingsOf(namespaceMissing, text)).toHaveLength(1)
    expect(findingsOf(namespaceMissing, text, { context: { external: ['Namespace//n'] } })).toEqual([])
    expect(findingsOf(namespaceMissing, `${text}\n---\n${object('v1', 'Namespace', 'name: n')}`)).toEqual([])
  })

  test('a kind of the whole cluster needs none', () => {
    expect(findingsOf(namespaceMissing, object('storage.k8s.io/v1', 'StorageClass', 'name: a'))).toEqual([])
    expect(findingsOf(namespaceMissing, object('v1', 'Namespace', 'name: a, namespace: b'))).toMatchObject([
      { severity: 'note' },
    ])
  })
})
