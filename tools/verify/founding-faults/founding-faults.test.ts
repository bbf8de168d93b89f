import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { clusters } from '@knowton/infra'
import { createWorld, type Finding, loadFiles, rules, verify } from '@knowton/verify'
import { describe, expect, test } from 'vitest'
import { plainContext } from '../context.ts'
import { foundingFaults, foundingFaultsPage } from './index.ts'

const document = join(import.meta.dirname, '../../../../shared/spec/infrastructure.zh.md')
const hasDocument = existsSync(document)
if (!hasDocument) console.log(`skipped: the founding document is not at ${document}`)

const TODAY = new Date('2026-11-23T00:00:00Z')

const judged = (): { readonly lines: number; readonly findings: readonly Finding[] } => {
  const text = readFileSync(document, 'utf8')
  const context = plainContext(clusters.production.kubernetesVersion, TODAY)
  const found = loadFiles([document], { from: dirname(document), stdin: () => '' }).flatMap(({ loading }) =>
    verify(createWorld(loading, { ...context, pools: loading.pools }), rules),
  )
  return { lines: text.split('\n').length, findings: found }
}

const nameOf = ({ rule, object }: Finding): string => `${rule} ${object.kind}/${object.name}`

const { findings, lines } = hasDocument ? judged() : { findings: [], lines: 0 }
const found = new Set(findings.map(nameOf))

describe.skipIf(!hasDocument)('the founding document under the verifier', () => {
  const seen = foundingFaults.flatMap((fault) => ('found' in fault ? fault.found.map((name) => ({ fault, name })) : []))

  test.each(seen.map(({ fault, name }) => [fault.what, name] as const))('%s – %s', (_, name) => {
    expect(found).toContain(name)
  })

  test('every error that is found is a known mistake', () => {
    const known = new Set(seen.map(({ name }) => name))
    const unknown = findings.filter((finding) => finding.severity === 'error' && !known.has(nameOf(finding)))
    expect([...new Set(unknown.map(nameOf))]).toEqual([])
  })

  test('every mistake stands on a line of the document', () => {
    expect(foundingFaults.filter(({ line }) => line < 1 || line > lines)).toEqual([])
  })

  test('no rule fails on it', () => {
    expect(findings.filter(({ rule }) => rule === 'rule-failed')).toEqual([])
  })
})

test('nearly every mistake is seen, and every other has its reason', () => {
  const unseen = foundingFaults.filter((fault) => 'unseen' in fault)
  expect(unseen.length / foundingFaults.length).toBeLessThan(0.15)
  expect(unseen.every((fault) => 'unseen' in fault && fault.unseen.length > 20)).toBe(true)
})

test('names only rules that exist', () => {
  const ids = new Set(rules.map(({ id }) => id))
  const named = foundingFaults.flatMap((fault) =>
    'found' in fault ? fault.found.map((name) => name.split(' ')[0]) : [],
  )
  expect(named.filter((id) => id === undefined || !ids.has(id))).toEqual([])
})

test('the page lists every mistake once', () => {
  const page = foundingFaultsPage()
  for (const { what } of foundingFaults) expect(page.split(`| ${what} |`).length - 1).toBeGreaterThan(0)
  expect(page.split('\n').filter((line) => /^\| \d+ \|/.test(line))).toHaveLength(foundingFaults.length)
})
