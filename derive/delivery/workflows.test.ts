import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { toyPlatform } from '../testing/toy-platform.ts'
import type { ActionName, ActionPins } from './actions.ts'
import { workflowFiles } from './workflows.ts'

const names: readonly ActionName[] = [
  'actions/checkout',
  'actions/setup-node',
  'actions/upload-artifact',
  'actions/attest-build-provenance',
  'codecov/codecov-action',
  'docker/setup-buildx-action',
  'docker/login-action',
  'docker/metadata-action',
  'docker/build-push-action',
  'sigstore/cosign-installer',
  'peter-evans/create-pull-request',
]
const commit = 'c'.repeat(40)
const actions = Object.fromEntries(names.map((name) => [name, { version: 'v1.2.3', commit }])) as ActionPins
const files = workflowFiles(toyPlatform, { actions, nodeVersion: '24', registry: 'ghcr.io' })
const texts = Object.values(files)
const jobs = texts.flatMap((text) => Object.values<Record<string, unknown>>(parse(text).jobs))

test('every action is used by its commit, with its version as a comment', () => {
  const used = texts.flatMap((text) => text.match(/^.*uses: .*$/gm) ?? [])
  expect(used.length).toBeGreaterThan(10)
  for (const line of used) expect(line).toMatch(new RegExp(`uses: [a-z-]+/[a-z-]+@${commit} # v1\\.2\\.3$`))
})

test('a workflow may do nothing unless one of its jobs says so', () => {
  for (const text of texts) expect(parse(text).permissions).toEqual({})
  for (const job of jobs) expect(job.permissions).toBeTypeOf('object')
})

test('each declared service is built', () => {
  const ci = parse(files['.github/workflows/ci.yml'] ?? '')
  expect(ci.jobs.build.strategy.matrix.service).toEqual(Object.keys(toyPlatform.services))
})

test('nothing of a pull request is published, and nothing touches a cluster', () => {
  const ci = parse(files['.github/workflows/ci.yml'] ?? '')
  const steps: readonly { readonly uses?: string; readonly if?: string; readonly with?: { readonly push?: string } }[] =
    ci.jobs.build.steps
  const only = "github.event_name == 'push'"
  expect(steps.find(({ uses }) => uses?.startsWith('docker/build-push-action'))?.with?.push).toBe(`\${{ ${only} }}`)
  expect(steps.find(({ uses }) => uses?.startsWith('docker/login-action'))?.if).toBe(only)
  for (const text of texts) expect(text).not.toMatch(/kubectl|helm |eks |kubeconfig/)
})

test('text of an expression never becomes part of a script', () => {
  for (const job of jobs)
    for (const { run } of job.steps as readonly { readonly run?: string }[]) expect(run ?? '').not.toContain('${{')
})
