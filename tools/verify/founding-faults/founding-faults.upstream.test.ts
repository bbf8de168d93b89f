import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { clusters } from '@knowton/infra'
import { createWorld, loadFiles, rules, verify } from '@knowton/verify'
import { expect, inject, test } from 'vitest'
import { plainContext } from '../context.ts'
import { findingName } from './founding-fault.ts'
import { foundingFaults } from './index.ts'

const document = join(inject('upstream'), 'spec/infrastructure.zh.md')
const context = plainContext(clusters.production.kubernetesVersion, new Date('2026-11-23T00:00:00Z'))
const findings = loadFiles([document], { from: dirname(document), stdin: () => '' }).flatMap(({ loading }) =>
  verify(createWorld(loading, { ...context, pools: loading.pools }), rules),
)
const names = new Set(findings.map(findingName))
const known = foundingFaults.flatMap((fault) => ('found' in fault ? fault.found.map((name) => ({ fault, name })) : []))

test.each(known.map(({ fault, name }) => [fault.what, name] as const))('%s – %s', (_, name) => {
  expect(names).toContain(name)
})

test('every error that is found in the founding document is a known mistake', () => {
  const expected = new Set(known.map(({ name }) => name))
  const errors = findings.filter(({ severity }) => severity === 'error').map(findingName)
  expect([...new Set(errors)].filter((name) => !expected.has(name))).toEqual([])
})

test('every mistake stands on a line of the document', () => {
  const lines = readFileSync(document, 'utf8').split('\n').length
  expect(foundingFaults.filter(({ line }) => line < 1 || line > lines)).toEqual([])
})

test('no rule fails on the document', () => {
  expect(findings.filter(({ rule }) => rule === 'rule-failed')).toEqual([])
})
