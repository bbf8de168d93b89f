import { expect, test } from 'vitest'
import { verify } from './engine.ts'
import { judge } from './judge.ts'
import { loadText } from './load/load-text.ts'
import { worldOf } from './testing/world-of.ts'
import type { Found, Rule, World } from './types.ts'

const rule = (id: string, check: Rule['check'], severity: Rule['severity'] = 'warning'): Rule => ({
  id,
  severity,
  about: 'A rule.',
  check,
})
const onEach =
  (path: string, more: Partial<Found> = {}) =>
  (world: World): readonly Found[] =>
    world.objects.map((on) => ({ on, path, says: 'x.', fix: 'y.', ...more }))
const text = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  namespace: n\n'

test('a finding carries id, severity and the line of its path', () => {
  expect(verify(worldOf(text), [rule('r', onEach('metadata.name'))])).toMatchObject([
    {
      rule: 'r',
      severity: 'warning',
      source: { file: 'test.yaml', line: 4 },
      object: { kind: 'Secret', namespace: 'n', name: 'a' },
    },
  ])
})

test('the gravest come first, whatever the order of the rules', () => {
  const rules = [rule('a', onEach('')), rule('b', onEach('', { severity: 'error' })), rule('c', onEach(''), 'note')]
  const found = verify(worldOf(text), rules)
  expect(found.map((finding) => finding.rule)).toEqual(['b', 'a', 'c'])
  expect(verify(worldOf(text), rules.toReversed())).toEqual(found)
})

test('a rule that throws is an error that names it, and the others are judged', () => {
  const broken = rule('broken', () => {
    throw new Error('no such thing')
  })
  expect(verify(worldOf(text), [broken, rule('r', onEach(''))])).toMatchObject([
    {
      rule: 'rule-failed',
      severity: 'error',
      object: { name: 'broken' },
      says: expect.stringContaining('no such thing'),
    },
    { rule: 'r' },
  ])
})

test('what exists is what is written, what is listed from elsewhere and what every cluster has', () => {
  const { exists } = worldOf(text, { context: { external: ['Secret/m/b', 'ConfigMap/*/c', 'Secret/o/*'] } })
  const known = [
    exists('Secret', 'n', 'a'),
    exists('Secret', 'm', 'b'),
    exists('ConfigMap', 'any', 'c'),
    exists('Secret', 'o', 'any'),
    exists('ServiceAccount', 'n', 'default'),
    exists('Namespace', undefined, 'kube-system'),
  ]
  expect(known).toEqual(known.map(() => true))
  expect([exists('Secret', 'n', 'b'), exists('ConfigMap', 'n', 'a')]).toEqual([false, false])
})

test('the same finding in two sets is told once, and a suppression counts for both', () => {
  const { context } = worldOf(text)
  const set = { loading: loadText(text, 'a.yaml'), context }
  const nothing = { valid: [], invalid: [] }
  expect(judge([set, set], [rule('r', onEach(''))], nothing, context.today).findings).toHaveLength(1)
  const annotated = `${text}  annotations: { verify.knowton.io/r: "until 2027-01-01: a reason" }\n`
  const { findings, suppressed } = judge(
    [{ loading: loadText(annotated, 'a.yaml'), context }],
    [rule('r', onEach(''))],
    nothing,
    context.today,
  )
  expect([findings.length, suppressed.length]).toEqual([0, 1])
})
