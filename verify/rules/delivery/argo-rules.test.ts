import { expect, test } from 'vitest'
import { edited } from '../../testing/edited.ts'
import { testFamily } from '../../testing/family-suite.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { argoPathMissing } from './argo-source.ts'
import { deliveryRules } from './index.ts'

const commit = '3d3c42e5aac5ba805825da76410c181273ba90b1'

const right = `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec:
  project: shop
  source:
    repoURL: https://git.example/shop
    targetRevision: v1.2.3
    path: k8s/shop
    kustomize: { images: ["shop/carts@sha256:0000", "ghcr.io/shop/orders=ghcr.io/shop/orders:1.2"] }
  destination: { namespace: shop, server: "https://kubernetes.default.svc" }
  syncPolicy:
    automated: { prune: true, selfHeal: true }
    syncOptions: [CreateNamespace=true, ServerSideApply=true]
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: restricted } }
---
apiVersion: v1
kind: Namespace
metadata: { name: data, labels: { pod-security.kubernetes.io/enforce: restricted } }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: clusters.postgresql.cnpg.io }
---
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: main
  namespace: data
  annotations:
    argocd.argoproj.io/sync-options: Prune=false,Delete=false
    argocd.argoproj.io/sync-wave: "-1"
spec: { instances: 3 }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: carts, namespace: shop }
spec:
  selector: { matchLabels: { app: carts } }
  template:
    metadata: { labels: { app: carts } }
    spec:
      containers:
        - { name: carts, image: "shop/carts:1.2" }
        - { name: orders, image: "ghcr.io/shop/orders:1.1" }
---
name: Build
on: push
jobs:
  build:
    strategy: { matrix: { service: [carts, orders] } }
    steps:
      - uses: docker/metadata-action@${commit}
        with: { images: "shop/carts" }
      - uses: docker/build-push-action@${commit}
`
const application = { on: 'Application/shop' } as const

testFamily(
  deliveryRules.filter(({ id }) => !id.startsWith('workflow-')),
  right,
  [
    {
      rule: 'argo-project-default',
      from: 'project: shop',
      to: 'project: default',
      ...application,
      path: 'spec.project',
      says: 'forbids nothing',
    },
    {
      rule: 'argo-revision-floating',
      from: 'targetRevision: v1.2.3',
      to: 'targetRevision: HEAD',
      ...application,
      path: 'spec.source.targetRevision',
      says: 'every push',
    },
    {
      rule: 'argo-image-unmatched',
      from: 'images: ["shop/carts@',
      to: 'images: ["carts@',
      ...application,
      path: 'spec.source.kustomize.images[0]',
      says: 'an image named carts',
    },
    {
      rule: 'argo-image-latest',
      from: 'shop/carts@sha256:0000',
      to: 'shop/carts:latest',
      ...application,
      path: 'spec.source.kustomize.images[0]',
      says: 'sees no change',
    },
    {
      rule: 'argo-image-unbuilt',
      from: '    strategy: { matrix: { service: [carts, orders] } }\n',
      to: '',
      ...application,
      path: 'spec.source.kustomize.images[1]',
      says: 'ghcr.io/shop/orders will never be built',
    },
    {
      rule: 'stateful-prunable',
      from: 'Prune=false,Delete=false',
      to: 'ServerSideApply=true',
      on: 'Cluster/main',
      path: 'metadata.annotations',
      says: 'deletes it with its data',
    },
    {
      rule: 'argo-waves-missing',
      from: 'argocd.argoproj.io/sync-wave',
      to: 'example.com/wave',
      ...application,
      path: 'spec',
      says: 'Services start before their databases',
    },
    {
      rule: 'argo-namespace-unlabelled',
      from: '{ name: shop, labels: { pod-security.kubernetes.io/enforce: restricted } }',
      to: '{ name: shop }',
      ...application,
      path: 'spec.syncPolicy.syncOptions',
      says: 'no Pod Security labels',
    },
    {
      rule: 'argo-server-side-apply-missing',
      from: ', ServerSideApply=true]',
      to: ']',
      ...application,
      path: 'spec.syncPolicy.syncOptions',
      says: 'Too long',
    },
    {
      rule: 'namespace-unused',
      from: 'metadata: { name: data, labels',
      to: 'metadata: { name: other, labels',
      on: 'Namespace/other',
      path: 'metadata.name',
      says: 'Nothing will run in other',
    },
    {
      rule: 'argo-path-missing',
      from: 'path: k8s/shop',
      to: 'path: k8s/other',
      ...application,
      path: 'spec.source.path',
      says: 'no folder k8s/other',
    },
  ],
  'k8s/shop/all.yaml',
)

test('a path is judged only where the tree of the repository was read', () => {
  const other = edited(right, 'path: k8s/shop', 'path: k8s/other')
  expect(findingsOf(argoPathMissing, other, { file: 'one.yaml' })).toEqual([])
})

test('templates of ApplicationSets are judged like Applications', () => {
  const set = `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: shop, namespace: argocd }
spec: { template: { spec: { project: default } } }
`
  const rule = deliveryRules.find(({ id }) => id === 'argo-project-default')
  if (rule === undefined) throw new Error('no rule')
  expect(findingsOf(rule, set).map(({ path }) => path)).toEqual(['spec.template.spec.project'])
})
