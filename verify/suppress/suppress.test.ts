import { expect, test } from 'vitest'
import { worldOf } from '../testing/world-of.ts'
import type { Finding } from '../types.ts'
import { applySuppressions } from './apply-suppressions.ts'
import { annotatedSuppressions, fileSuppressions } from './read-suppressions.ts'

const today = new Date('2026-11-23T12:00:00Z')
const finding: Finding = {
  rule: 'image-latest',
  severity: 'error',
  object: { kind: 'Deployment', namespace: 'n', name: 'd' },
  source: { file: 'a.yaml', line: 3 },
  path: 'spec.template.spec.containers[0].image',
  says: 'x.',
  fix: 'y.',
}
const entry = (fields: Readonly<Record<string, string>>) =>
  `- ${JSON.stringify({ rule: 'image-latest', object: 'Deployment/n/d', until: '2026-12-31', reason: 'a reason', ...fields })}\n`
const outcome = (text: string, findings: readonly Finding[] = [finding]) =>
  applySuppressions(findings, fileSuppressions(text, 's.yaml'), today)
const rulesOf = ({ findings }: ReturnType<typeof outcome>) => findings.map(({ rule }) => rule)

test('what is suppressed until a later day is not reported and keeps its reason', () => {
  const { findings, suppressed } = outcome(entry({}))
  expect(findings).toEqual([])
  expect(suppressed).toMatchObject([{ finding: { rule: 'image-latest' }, reason: 'a reason' }])
})

test('the last day counts, the day after does not', () => {
  expect(rulesOf(outcome(entry({ until: '2026-11-23' })))).toEqual([])
  expect(rulesOf(outcome(entry({ until: '2026-11-22' })))).toEqual(['image-latest', 'suppression-expired'])
})

test.each([{ until: '' }, { until: 'soon' }, { until: '2026-02-30' }, { reason: ' ' }, { rule: '' }, { object: '' }])(
  'without all it must say (%j) it suppresses nothing and is an error',
  (fields) => {
    const { findings } = outcome(entry(fields))
    expect(findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
      'image-latest error',
      'suppression-invalid error',
    ])
  },
)

test('one that matches nothing is a warning, also when it has expired', () => {
  expect(rulesOf(outcome(entry({ object: 'Deployment/n/other' })))).toEqual(['image-latest', 'suppression-unused'])
  expect(rulesOf(outcome(entry({ until: '2020-01-01' }), []))).toEqual(['suppression-unused'])
})

test('a path holds what is below it and nothing beside it', () => {
  expect(rulesOf(outcome(entry({ path: 'spec.template' })))).toEqual([])
  expect(rulesOf(outcome(entry({ path: 'spec.temp' })))).toEqual(['image-latest', 'suppression-unused'])
})

test('an annotation on the object suppresses a rule for it, and is found at its line', () => {
  const object = (value: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: d
  namespace: n
  annotations:
    verify.knowton.io/image-latest: "${value}"
`
  const read = (value: string) => annotatedSuppressions(worldOf(object(value)).objects)
  expect(read('until 2027-03-31: a reason').valid).toMatchObject([
    { rule: 'image-latest', object: 'ConfigMap/n/d', reason: 'a reason', source: { line: 7 } },
  ])
  expect(read('because').invalid).toHaveLength(1)
})

test('a file that is no list says so', () => {
  expect(fileSuppressions('rule: x\n', 's.yaml').invalid).toMatchObject([{ source: { file: 's.yaml', line: 1 } }])
  expect(fileSuppressions('- [\n', 's.yaml').invalid).toHaveLength(1)
  expect(fileSuppressions('# none yet\n', 's.yaml')).toEqual({ valid: [], invalid: [] })
})
