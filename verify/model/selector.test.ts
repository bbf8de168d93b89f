import fc from 'fast-check'
import { expect, test } from 'vitest'
import { labelSelector, plainSelector, selectorText } from './selector.ts'

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
