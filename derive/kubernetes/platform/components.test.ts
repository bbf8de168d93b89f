import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { Role, RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1'
import { PriorityClass } from 'kubernetes-models/scheduling.k8s.io/v1'
import { StorageClass } from 'kubernetes-models/storage.k8s.io/v1'
import { LimitRange, Namespace, ResourceQuota, ServiceAccount } from 'kubernetes-models/v1'
import { describe, expect, test } from 'vitest'
import { isCustom, schemaFaults } from '../../testing/schema-faults.ts'
import { toyClouds, toyCluster, toyClusterIn, toyMachine } from '../../testing/toy-cluster.ts'
import { toyPlatform } from '../../testing/toy-platform.ts'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import type { Manifest } from '../manifest.ts'
import { clusterOf } from '../systems/systems.ts'
import { platformComponents } from './components.ts'

const models: Readonly<Record<string, new (data: never) => { validate(): void }>> = {
  LimitRange,
  Namespace,
  NetworkPolicy,
  PriorityClass,
  ResourceQuota,
  Role,
  RoleBinding,
  ServiceAccount,
  StorageClass,
}

const rendered = (environment: ClusterEnvironment): readonly Manifest[] =>
  platformComponents(clusterOf(toyPlatform, environment)).flatMap(({ files }) => Object.values(files).flat())

const one = (environment: ClusterEnvironment, kind: string, name: string, namespace?: string): Manifest => {
  const found = rendered(environment).find(
    (object) =>
      object.kind === kind &&
      object.metadata.name === name &&
      (namespace ?? object.metadata.namespace) === object.metadata.namespace,
  )
  if (found === undefined) throw new Error(`no ${kind} ${name}`)
  return found
}

const variants = [
  ...toyClouds.map((cloud) => [cloud.kind, toyClusterIn(cloud)] as const),
  ['self-signed', { ...toyCluster, certificateEmail: undefined }] as const,
  ['one machine', toyMachine] as const,
]

describe.each(variants)('on %s', (_, environment) => {
  test('the API server takes every object', () => {
    for (const object of rendered(environment).filter((object) => !isCustom(object))) {
      const Model = models[object.kind]
      if (Model === undefined) throw new Error(`no model of ${object.kind}`)
      expect(() => new Model(structuredClone(object) as never).validate()).not.toThrow()
    }
  })

  test('the operators take every object', () => {
    const custom = rendered(environment).filter(isCustom)
    expect(custom.length).toBeGreaterThan(4)
    expect(schemaFaults(custom)).toEqual([])
  })

  test('no object is there twice', () => {
    const keys = rendered(environment).map(({ kind, metadata }) => `${kind} ${metadata.namespace} ${metadata.name}`)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

test('namespaces enforce restricted pods at a fixed version, and Argo CD never deletes them', () => {
  for (const name of Object.values(toyCluster.namespaces)) {
    const { labels, annotations } = one(toyCluster, 'Namespace', name).metadata
    expect(labels).toMatchObject({
      environment: 'toy',
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': 'v1.35',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/warn-version': 'v1.35',
    })
    expect(annotations).toEqual({ 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' })
    expect(one(toyCluster, 'ServiceAccount', 'default', name).automountServiceAccountToken).toBe(false)
  }
})

test.each(toyClouds)('volumes on $kind outlive their claims and wait for their pod', (cloud) => {
  const storageClass = one(toyClusterIn(cloud), 'StorageClass', 'fast-ssd')
  expect(storageClass).toMatchObject({ reclaimPolicy: 'Retain', volumeBindingMode: 'WaitForFirstConsumer' })
  expect(storageClass.allowVolumeExpansion).toBe(cloud.kind !== 'kind')
})

test('only the namespaces of the platform may read its entries of the secret manager', () => {
  expect(one(toyCluster, 'ClusterSecretStore', 'knowton').spec).toEqual({
    conditions: [{ namespaces: ['toy-apps', 'toy-data', 'toy-monitoring'] }],
    provider: {
      aws: {
        service: 'SecretsManager',
        region: 'eu-west-1',
        auth: { jwt: { serviceAccountRef: { name: 'knowton-secrets', namespace: 'external-secrets' } } },
      },
    },
  })
  expect(one(toyCluster, 'ServiceAccount', 'knowton-secrets').metadata.annotations).toEqual({
    'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/knowton-toy-secrets',
  })
})

test('one machine reads its secrets from a namespace of its own, each by its name', () => {
  const { metadata, rules } = one(toyMachine, 'Role', 'secret-reader')
  const entries = ['knowton-toy-machine-platform', 'knowton-toy-machine-redis', 'knowton-toy-machine-object-store']
  expect(metadata.namespace).toBe('knowton-secrets')
  expect(rules).toEqual([
    { apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: expect.arrayContaining(entries) },
  ])
})

test('the certificate of the world comes from Let’s Encrypt by DNS when there is an address for letters', () => {
  expect(one(toyCluster, 'ClusterIssuer', 'knowton-public').spec).toMatchObject({
    acme: { email: 'ops@books.example', solvers: [{ selector: { dnsZones: ['books.example'] } }] },
  })
  const ours = { ca: { secretName: 'knowton-internal-ca' } }
  expect(one(toyMachine, 'ClusterIssuer', 'knowton-public').spec).toEqual(ours)
  expect(one({ ...toyCluster, certificateEmail: undefined }, 'ClusterIssuer', 'knowton-public').spec).toEqual(ours)
})
