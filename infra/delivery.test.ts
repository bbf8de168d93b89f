import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { supports } from '@knowton/derive'
import { expect, test } from 'vitest'
import { actions } from './actions.ts'
import { operators } from './operators.ts'
import { KUBERNETES_VERSION } from './versions.ts'

const facts = join(import.meta.dirname, '../../shared/data/github-actions.json')
const isAbsent = !existsSync(facts)
if (isAbsent) console.log(`skipped: the commits of actions are not compared, there is no ${facts}`)

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

test.skipIf(isAbsent)('actions are pinned to the commits of their releases', () => {
  const known: Readonly<Record<string, { readonly version: string; readonly commit: string }>> = JSON.parse(
    readFileSync(facts, 'utf8'),
  )
  for (const [name, pin] of Object.entries(actions)) expect(known[name]).toMatchObject(pin)
})
