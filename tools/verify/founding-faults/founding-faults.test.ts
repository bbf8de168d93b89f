import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { clusters } from '@knowton/infra'
import { createWorld, loadText, rules, verify } from '@knowton/verify'
import { describe, expect, test } from 'vitest'
import { plainContext } from '../context.ts'
import { findingName } from './founding-fault.ts'
import { foundingFaults, foundingFaultsPage, manifestOf } from './index.ts'

const folder = join(import.meta.dirname, 'manifests')
const seen = foundingFaults.filter((fault) => 'found' in fault)
const context = plainContext(clusters.production.kubernetesVersion, new Date('2026-11-23T00:00:00Z'))

/** What the verifier says of the manifest that carries a mistake and, as far as can be, nothing else. */
const findingsOn = (file: string): readonly string[] => {
  const loading = loadText(readFileSync(join(folder, file), 'utf8'), file)
  return verify(createWorld(loading, { ...context, pools: loading.pools }), rules).map(findingName)
}

describe.each([...Map.groupBy(seen, ({ part }) => part)])('%s', (_, faults) => {
  test.each(faults)('$what', (fault) => {
    const found = findingsOn(manifestOf(fault))
    expect(found).toEqual(expect.arrayContaining([...fault.found]))
    expect(found.filter((name) => name.startsWith('rule-failed'))).toEqual([])
  })
})

test('every manifest is that of a mistake', () => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => join(parentPath, name))
  expect(files.toSorted()).toEqual(seen.map((fault) => join(folder, manifestOf(fault))).toSorted())
})

test('nearly every mistake is seen, and every other has its reason', () => {
  const unseen = foundingFaults.filter((fault) => 'unseen' in fault)
  expect(unseen.length / foundingFaults.length).toBeLessThan(0.15)
  expect(unseen.every((fault) => 'unseen' in fault && fault.unseen.length > 20)).toBe(true)
})

test('the page lists every mistake once', () => {
  const page = foundingFaultsPage()
  for (const { what } of foundingFaults) expect(page.split(`| ${what} |`).length - 1).toBeGreaterThan(0)
  expect(page.split('\n').filter((line) => /^\| \d+ \|/.test(line))).toHaveLength(foundingFaults.length)
})
