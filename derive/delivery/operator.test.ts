import { expect, test } from 'vitest'
import { type Operator, operatorsOf, supports } from './operator.ts'

const operator = (name: string, more: Partial<Operator> = {}): Operator => ({
  name,
  summary: '',
  namespace: name,
  version: '1.0.0',
  source: { kind: 'chart', repository: 'https://charts.example', chart: name, version: '1.0.0' },
  step: 'operators',
  podSecurity: 'restricted',
  ...more,
})

test('kinds come before operators, and only what a cloud needs is installed there', () => {
  const all = [operator('a'), operator('gpu', { clouds: ['eks'] }), operator('kinds', { step: 'crds' })]
  expect(operatorsOf(all, 'eks').map(({ name }) => name)).toEqual(['kinds', 'a', 'gpu'])
  expect(operatorsOf(all, 'gke').map(({ name }) => name)).toEqual(['kinds', 'a'])
})

test('both ends of a range of versions belong to it', () => {
  const ranged = operator('a', { kubernetes: { from: '1.30', to: '1.35' } })
  expect(['1.9', '1.29', '1.30', '1.35', '1.36'].filter((version) => supports(ranged, version))).toEqual([
    '1.30',
    '1.35',
  ])
  expect(supports(operator('b'), '1.99')).toBe(true)
})
