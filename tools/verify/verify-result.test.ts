import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BadCommand, parseOptions } from './options.ts'
import { verifyResult } from './verify-result.ts'

let from = ''
beforeAll(() => {
  from = mkdtempSync(join(tmpdir(), 'knowton-verify-'))
  writeFileSync(
    join(from, 'a.yaml'),
    'apiVersion: apps/v2\nkind: Deployment\nmetadata: { name: d, namespace: default }\n',
  )
})
afterAll(() => rmSync(from, { recursive: true }))

const judged = (...args: readonly string[]) =>
  verifyResult(parseOptions(args), { root: from, from, today: new Date('2026-11-23'), stdin: () => '' }).outcome

test('findings name files as seen from where the command was run', () => {
  expect(judged('a.yaml').findings).toContainEqual(
    expect.objectContaining({ rule: 'api-unknown', severity: 'error', source: { file: 'a.yaml', line: 1 } }),
  )
})

test('suppressions lie beside what is judged, or are named', () => {
  const text = '- { rule: api-unknown, object: Deployment/default/d, until: 2027-01-01, reason: a test }\n'
  writeFileSync(join(from, 'named.yaml'), text)
  expect(judged('a.yaml', '--suppressions', 'named.yaml').suppressed).toHaveLength(1)
  writeFileSync(join(from, 'verify.suppressions.yaml'), text)
  expect(judged('a.yaml').suppressed).toHaveLength(1)
  rmSync(join(from, 'verify.suppressions.yaml'))
  expect(() => judged('a.yaml', '--suppressions', 'none.yaml')).toThrow(BadCommand)
})

test('an environment that does not exist is refused with those that do', () => {
  expect(() => judged('a.yaml', '--environment', 'moon')).toThrow(
    'There is no environment moon; there are local, staging, production.',
  )
})
