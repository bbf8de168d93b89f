import { expect, test } from 'vitest'
import { rulesTable } from '../rules-table.ts'
import type { Outcome } from '../suppress/apply-suppressions.ts'
import type { Finding } from '../types.ts'
import { jsonReport } from './json.ts'
import { sarifReport } from './sarif.ts'
import { textReport } from './text.ts'

const finding: Finding = {
  rule: 'field-unknown',
  severity: 'error',
  object: { kind: 'Deployment', namespace: 'n', name: 'd' },
  source: { file: 'a folder/a.yaml', line: 3 },
  path: 'spec.x',
  says: 'It is refused.',
  fix: 'Remove it.',
}
const outcome: Outcome = {
  findings: [finding, { ...finding, severity: 'warning', path: '', source: { file: 'b.yaml', line: 1 } }],
  suppressed: [
    { finding: { ...finding, path: 'spec.y' }, reason: 'a reason', until: new Date('2027-03-31T23:59:59Z') },
  ],
}

test('the text names file, line, object, path and rule, what will happen and what to do', () => {
  expect(
    textReport(outcome, '2 objects', false),
  ).toBe(`error    a folder/a.yaml:3  Deployment/n/d  spec.x  [field-unknown]
         It is refused.
         → Remove it.

warning  b.yaml:1  Deployment/n/d  [field-unknown]
         It is refused.
         → Remove it.

1 error, 1 warning, 0 notes (1 more suppressed) in 2 objects.
`)
})

test('the text is coloured only when asked to be', () => {
  expect(textReport(outcome, 'x', true)).toContain('\u001b[31m')
  expect(textReport(outcome, 'x', false)).not.toContain('\u001b')
})

test('the JSON has a version and one flat record for each finding', () => {
  expect(JSON.parse(jsonReport(outcome, 2))).toEqual({
    version: 1,
    objects: 2,
    findings: [
      {
        rule: 'field-unknown',
        severity: 'error',
        object: { kind: 'Deployment', namespace: 'n', name: 'd' },
        file: 'a folder/a.yaml',
        line: 3,
        path: 'spec.x',
        says: 'It is refused.',
        fix: 'Remove it.',
      },
      expect.objectContaining({ severity: 'warning', path: '' }),
    ],
    suppressed: [expect.objectContaining({ path: 'spec.y', until: '2027-03-31', reason: 'a reason' })],
  })
})

test('the SARIF holds what version 2.1.0 asks for: rules that results point to, relative URIs, levels, suppressions', () => {
  const { version, runs } = JSON.parse(sarifReport(outcome))
  expect([version, runs.length]).toEqual(['2.1.0', 1])
  const [{ tool, results }] = runs
  expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(rulesTable().map(({ id }) => id))
  for (const result of results) {
    expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId)
    expect(['error', 'warning', 'note']).toContain(result.level)
    expect(result.partialFingerprints['findingHash/v1']).toMatch(/^[0-9a-f]{32}$/)
  }
  expect(results[0].locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'a%20folder/a.yaml', uriBaseId: 'ROOT' },
    region: { startLine: 3 },
  })
  expect(results[0].locations[0].logicalLocations[0].fullyQualifiedName).toBe('Deployment/n/d#spec.x')
  expect(results[2].suppressions).toEqual([{ kind: 'external', status: 'accepted', justification: 'a reason' }])
})

test('a fingerprint stays when lines move, and differs between findings', () => {
  const print = (change: Partial<Finding>) =>
    JSON.parse(sarifReport({ findings: [{ ...finding, ...change }], suppressed: [] })).runs[0].results[0]
      .partialFingerprints['findingHash/v1']
  expect(print({ source: { file: 'a folder/a.yaml', line: 99 } })).toBe(print({}))
  expect(print({ path: 'spec.z' })).not.toBe(print({}))
})

test('every rule has an id of its own in kebab case and one sentence', () => {
  const ids = rulesTable().map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(rulesTable().filter(({ id, about }) => !/^[a-z]+(-[a-z0-9]+)*$/.test(id) || !about.endsWith('.'))).toEqual([])
})
