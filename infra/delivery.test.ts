import { supports, workflowFiles } from '@knowton/derive'
import { platform } from '@knowton/system'
import { expect, test } from 'vitest'
import { actions, workflowSettings } from './delivery.ts'
import { operators } from './operators.ts'
import { KUBERNETES_VERSION } from './versions.ts'

test('every operator supports the version of Kubernetes that is asked for', () => {
  expect(operators.filter((operator) => !supports(operator, KUBERNETES_VERSION)).map(({ name }) => name)).toEqual([])
})

test('every operator is pinned to one version and has a name of its own', () => {
  expect(new Set(operators.map(({ name }) => name)).size).toBe(operators.length)
  for (const { source } of operators) {
    const version = source.kind === 'chart' ? source.version : source.revision
    expect(version).toMatch(/^(v|release-)?\d+\.\d+\.\d+$/)
  }
})

test('actions are pinned to commits, each beside the release that it is', () => {
  for (const { version, commit } of Object.values(actions)) {
    expect(version).toMatch(/^v\d+\.\d+\.\d+$/)
    expect(commit).toMatch(/^[0-9a-f]{40}$/)
  }
})

test('workflows use the pinned actions and no other', () => {
  const used = Object.values(workflowFiles(platform, workflowSettings)).flatMap((text) =>
    [...text.matchAll(/uses: ([^@\s]+)@(\S+)/g)].map(([, name = '', commit]) => ({ name, commit })),
  )
  expect(used.length).toBeGreaterThan(5)
  expect(used.filter(({ name, commit }) => actions[name as keyof typeof actions]?.commit !== commit)).toEqual([])
  expect(Object.keys(actions).filter((name) => used.every((one) => one.name !== name))).toEqual([])
})
