import { expect, test } from 'vitest'
import { deployment } from '../../testing/deployment.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { disruptionBudgetBlocks, disruptionBudgetMissing, disruptionBudgetsOverlap } from './disruption-budgets.ts'

const budget = (spec: string, name = 'market') => `---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: ${name}, namespace: prod }
spec: { ${spec}, selector: { matchLabels: { app: market } } }
`
const two = deployment({ workload: 'replicas: 2' })

test('a workload of two pods has a budget', () => {
  expect(findingsOf(disruptionBudgetMissing, two)).toHaveLength(1)
  expect(findingsOf(disruptionBudgetMissing, two + budget('maxUnavailable: 1'))).toEqual([])
  expect(findingsOf(disruptionBudgetMissing, deployment())).toEqual([])
})

test.each(['minAvailable: 2', 'minAvailable: 100%', 'minAvailable: 51%', 'maxUnavailable: 0', 'maxUnavailable: 0%'])(
  'a budget of %s lets none of two pods go',
  (spec) => {
    expect(findingsOf(disruptionBudgetBlocks, two + budget(spec))).toMatchObject([{ severity: 'error' }])
  },
)

test.each(['minAvailable: 1', 'minAvailable: 50%', 'maxUnavailable: 1', 'maxUnavailable: 1%'])(
  'a budget of %s lets one of two pods go',
  (spec) => {
    expect(findingsOf(disruptionBudgetBlocks, two + budget(spec))).toEqual([])
  },
)

test('a budget over one pod is a warning', () => {
  expect(findingsOf(disruptionBudgetBlocks, deployment() + budget('minAvailable: 1'))).toMatchObject([
    { severity: 'warning' },
  ])
})

test('no pod belongs to two budgets', () => {
  const one = two + budget('maxUnavailable: 1')
  expect(findingsOf(disruptionBudgetsOverlap, one)).toEqual([])
  expect(findingsOf(disruptionBudgetsOverlap, one + budget('maxUnavailable: 1', 'all'))).toHaveLength(1)
})
