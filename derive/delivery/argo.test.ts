import { expect, test } from 'vitest'
import { schemaFaults } from '../testing/schema-faults.ts'
import { toyCluster } from '../testing/toy-cluster.ts'
import { toyPlatform } from '../testing/toy-platform.ts'
import { argoObjects } from './argo.ts'

const delivery = {
  repository: 'https://git.example/books.git',
  revisions: {},
  operators: [
    {
      name: 'db',
      summary: 'Runs databases.',
      namespace: 'db-system',
      version: '1.2.3',
      source: {
        kind: 'git',
        repository: 'https://git.example/db.git',
        path: 'charts/db',
        revision: 'v1.2.3',
        holds: 'chart',
      },
      step: 'operators',
      podSecurity: 'restricted',
      values: { replicas: 2 },
    },
  ],
} as const
const objects = argoObjects(toyPlatform, toyCluster, delivery)
const applicationSet = objects.find(({ kind }) => kind === 'ApplicationSet')

test('operators are healthy before the platform begins, and each group before the next', () => {
  expect(applicationSet).toMatchObject({
    spec: {
      strategy: {
        type: 'RollingSync',
        rollingSync: {
          steps: ['operators', 'platform', 'data', 'apps', 'monitoring'].map((step) => ({
            matchExpressions: [{ key: 'knowton.io/step', operator: 'In', values: [step] }],
          })),
        },
      },
      template: { spec: { syncPolicy: { syncOptions: expect.arrayContaining(['ServerSideApply=true']) } } },
    },
  })
})

test('an operator comes from its repository at one revision', () => {
  expect(JSON.stringify(applicationSet)).toContain('"repoURL":"https://git.example/db.git"')
  expect(JSON.stringify(applicationSet)).toContain('"targetRevision":"v1.2.3"')
})

test('the platform may only touch its own namespaces, the kinds it renders, and no Secret', () => {
  const project = objects.find(({ kind, metadata }) => kind === 'AppProject' && !metadata.name.endsWith('operators'))
  expect(project).toMatchObject({
    spec: {
      sourceRepos: ['https://git.example/books.git'],
      namespaceResourceBlacklist: [{ group: '', kind: 'Secret' }],
    },
  })
  const spec = project?.spec as { readonly clusterResourceWhitelist: readonly { readonly kind: string }[] }
  expect(spec.clusterResourceWhitelist.map(({ kind }) => kind)).toContain('Namespace')
  expect(spec.clusterResourceWhitelist.map(({ kind }) => kind)).not.toContain('*')
})

test('what is rendered for Argo CD is what its kinds define', () => {
  expect(schemaFaults(objects)).toEqual([])
})
