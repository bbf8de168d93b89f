import { expect, test } from 'vitest'
import { edited } from '../../testing/edited.ts'
import { testFamily } from '../../testing/family-suite.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { deliveryRules } from './index.ts'
import { workflowMutatesCluster } from './workflow-trust.ts'

const commit = '3d3c42e5aac5ba805825da76410c181273ba90b1'

const right = `
name: Build
on: { push: { branches: [main] }, pull_request: {} }
permissions: {}
concurrency: { group: build }
env: { IMAGE: "\${{ github.repository }}" }
jobs:
  test:
    permissions: { contents: read }
    steps:
      - uses: actions/setup-node@${commit}
        with: { node-version: "24" }
      - run: npm test
  build:
    permissions: { packages: write, id-token: write }
    steps:
      - uses: docker/setup-buildx-action@${commit}
      - uses: docker/metadata-action@${commit}
        with: { images: "ghcr.io/\${{ env.IMAGE }}", tags: "type=sha,format=long,prefix=" }
      - uses: docker/build-push-action@${commit}
        with:
          push: \${{ github.event_name == 'push' }}
          sbom: true
          provenance: mode=max
          tags: \${{ steps.meta.outputs.tags }}
          cache-to: type=gha,mode=max
      - uses: sigstore/cosign-installer@${commit}
      - uses: aws-actions/configure-aws-credentials@${commit}
        with: { role-to-assume: "arn:aws:iam::1:role/build" }
  deploy:
    environment: production
    steps:
      - run: echo "\${{ github.sha }} is built"
`

const deploys = (command: string) => ({ from: `echo "\${{ github.sha }} is built"`, to: command })
const workflow = { on: 'Workflow/Build' } as const

testFamily(
  deliveryRules.filter(({ id }) => id.startsWith('workflow-')),
  right,
  [
    {
      rule: 'workflow-cache-without-buildx',
      from: `      - uses: docker/setup-buildx-action@${commit}\n`,
      to: '',
      ...workflow,
      path: 'jobs.build.steps[1].with.cache-to',
      says: 'Cache export is not supported',
    },
    {
      rule: 'workflow-tag-unpushed',
      from: `type=sha,format=long,prefix=" }
      - uses: docker/build-push-action@${commit}
        with:
          push: \${{ github.event_name == 'push' }}
          sbom: true
          provenance: mode=max
          tags: \${{ steps.meta.outputs.tags }}
          cache-to: type=gha,mode=max
      - uses: sigstore/cosign-installer@${commit}
      - uses: aws-actions/configure-aws-credentials@${commit}
        with: { role-to-assume: "arn:aws:iam::1:role/build" }
  deploy:
    environment: production
    steps:
      - run: echo "\${{ github.sha }} is built"`,
      to: `type=sha" }
      - uses: docker/build-push-action@${commit}
        with: { tags: "\${{ steps.meta.outputs.tags }}" }
  deploy:
    environment: production
    steps:
      - run: kubectl set image deployment/shop shop=ghcr.io/shop/shop:\${{ github.sha }}`,
      ...workflow,
      path: 'jobs.deploy.steps[0].run',
      says: 'ImagePullBackOff',
    },
    {
      rule: 'workflow-image-case',
      ...deploys(`kubectl set image deployment/shop shop=ghcr.io/\${{ env.IMAGE }}:\${{ github.sha }}`),
      ...workflow,
      path: 'jobs.deploy.steps[0].run',
      says: 'lowercase',
    },
    {
      rule: 'workflow-pushes-untrusted',
      from: `push: \${{ github.event_name == 'push' }}`,
      to: 'push: true',
      ...workflow,
      path: 'jobs.build.steps[2].with.push',
      says: 'nobody has reviewed',
    },
    {
      rule: 'workflow-image-unattested',
      from: '          sbom: true\n',
      to: '',
      ...workflow,
      path: 'jobs.build.steps[2].with',
      says: 'without a list of what is in it (sbom).',
    },
    {
      rule: 'workflow-mutates-cluster',
      ...deploys('kubectl -n shop apply -f k8s'),
      ...workflow,
      path: 'jobs.deploy.steps[0].run',
      says: 'what no file says',
      severity: 'warning',
    },
    {
      rule: 'workflow-cloud-keys',
      from: '{ role-to-assume: "arn:aws:iam::1:role/build" }',
      to: `{ aws-access-key-id: "\${{ secrets.KEY }}" }`,
      ...workflow,
      path: 'jobs.build.steps[4].with.aws-access-key-id',
      says: 'until somebody changes them',
    },
    {
      rule: 'workflow-permissions-missing',
      from: 'permissions: {}\nconcurrency',
      to: 'concurrency',
      ...workflow,
      path: 'permissions',
      says: 'The token of deploy may',
    },
    {
      rule: 'workflow-action-unpinned',
      from: `setup-node@${commit}`,
      to: 'setup-node@v7',
      ...workflow,
      path: 'jobs.test.steps[0].uses',
      says: 'v7 is a name that can be moved',
    },
    {
      rule: 'workflow-action-outdated',
      from: `setup-node@${commit}`,
      to: 'setup-node@v4',
      ...workflow,
      path: 'jobs.test.steps[0].uses',
      says: 'version 7 is the current one',
    },
    {
      rule: 'workflow-environment-missing',
      from: '    environment: production\n    steps:\n      - run: echo',
      to: '    steps:\n      - run: helm upgrade shop && echo',
      ...workflow,
      path: 'jobs.deploy',
      says: 'nobody asked',
    },
    {
      rule: 'workflow-concurrency-missing',
      from: `concurrency: { group: build }
env: { IMAGE: "\${{ github.repository }}" }
jobs:`,
      to: `jobs:
  release:
    permissions: {}
    steps: [{ run: kubectl apply -f k8s }]`,
      ...workflow,
      path: 'concurrency',
      says: 'the older may deploy last',
    },
    {
      rule: 'workflow-node-ended',
      from: 'node-version: "24"',
      to: 'node-version: "20"',
      ...workflow,
      path: 'jobs.test.steps[0].with.node-version',
      says: '2026-04-30',
    },
    {
      rule: 'workflow-injection',
      from: 'npm test',
      to: `echo "\${{ github.event.pull_request.title }}"`,
      ...workflow,
      path: 'jobs.test.steps[1].run',
      says: 'github.event.pull_request.title',
    },
  ],
  '.github/workflows/build.yml',
)

test('what is deployed to a cluster that ends with the job is no change of a cluster', () => {
  const throwaway = edited(right, `echo "\${{ github.sha }} is built"`, 'kind create cluster && kubectl apply -f k8s')
  expect(findingsOf(workflowMutatesCluster, throwaway)).toEqual([])
})

test('two hands on one cluster are an error', () => {
  const { from, to } = deploys('kubectl apply -f k8s')
  const both = `${edited(right, from, to)}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec: { syncPolicy: { automated: { selfHeal: true } } }
`
  const [finding] = findingsOf(workflowMutatesCluster, both)
  expect(finding).toMatchObject({ severity: 'error' })
  expect(finding?.says).toContain('the Argo CD Application shop')
})
