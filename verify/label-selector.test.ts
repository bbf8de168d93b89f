import { expect, test } from 'vitest'
import { selects } from './label-selector.ts'

const labels = { app: 'kong', tier: 'gateway' }
const expression = (operator: string, key: string, ...values: string[]) => ({
  matchExpressions: [{ key, operator, values }],
})

test('an empty selector selects everything, none at all nothing', () => {
  expect(selects({}, {})).toBe(true)
  expect(selects(undefined, labels)).toBe(false)
})

test('all labels and all expressions must hold', () => {
  expect(selects({ matchLabels: { app: 'kong' } }, labels)).toBe(true)
  expect(selects({ matchLabels: { app: 'kong', tier: 'backend' } }, labels)).toBe(false)
  expect(selects({ matchLabels: { app: 'kong' }, ...expression('Exists', 'zone') }, labels)).toBe(false)
})

test.each([
  ['In', 'app', ['kong', 'nginx'], true],
  ['In', 'zone', ['a'], false],
  ['NotIn', 'app', ['kong'], false],
  ['NotIn', 'zone', ['a'], true],
  ['Exists', 'app', [], true],
  ['DoesNotExist', 'app', [], false],
  ['DoesNotExist', 'zone', [], true],
  ['Near', 'app', ['kong'], false],
] as const)('%s %s %s is %s', (operator, key, values, expected) => {
  expect(selects(expression(operator, key, ...values), labels)).toBe(expected)
})
