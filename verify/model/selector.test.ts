import fc from 'fast-check'
import { expect, test } from 'vitest'
import { labelSelector, plainSelector, selectorText, selects } from './selector.ts'

const labels = fc.dictionary(fc.constantFrom('app', 'tier'), fc.constantFrom('a', 'b'))

test('an empty label selector meets everything, an empty plain one nothing', () => {
  fc.assert(
    fc.property(labels, (some) => {
      expect(labelSelector({})(some)).toBe(true)
      expect(plainSelector({})(some)).toBe(false)
    }),
  )
})

test('In and NotIn, Exists and DoesNotExist are each other’s opposite', () => {
  const meets = (operator: string) =>
    labelSelector({
      matchExpressions: [{ key: 'app', operator, ...(operator.includes('In') ? { values: ['a'] } : {}) }],
    })
  fc.assert(
    fc.property(labels, (some) => {
      expect(meets('In')(some)).toBe(!meets('NotIn')(some))
      expect(meets('Exists')(some)).toBe(!meets('DoesNotExist')(some))
    }),
  )
})

test('is said in one line', () => {
  expect(
    selectorText({
      matchLabels: { app: 'a' },
      matchExpressions: [{ key: 'tier', operator: 'In', values: ['b', 'c'] }],
    }),
  ).toBe('app=a, tier In b c')
  expect(selectorText({})).toBe('everything')
})

const kong = { app: 'kong', tier: 'gateway' }
const expression = (operator: string, key: string, ...values: string[]) => ({
  matchExpressions: [{ key, operator, values }],
})

test('an empty selector selects everything, none at all nothing', () => {
  expect(selects({}, {})).toBe(true)
  expect(selects(undefined, kong)).toBe(false)
})

test('all labels and all expressions must hold', () => {
  expect(selects({ matchLabels: { app: 'kong' } }, kong)).toBe(true)
  expect(selects({ matchLabels: { app: 'kong', tier: 'backend' } }, kong)).toBe(false)
  expect(selects({ matchLabels: { app: 'kong' }, ...expression('Exists', 'zone') }, kong)).toBe(false)
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
  expect(selects(expression(operator, key, ...values), kong)).toBe(expected)
})
