import { expect, test } from 'vitest'
import { differenceCount, reportJson, reportText } from './report.ts'

const difference = (subject: string) => ({ subject, field: 'owner', expected: '0xa', found: '0xb' })
const sound = { name: 'facts.trades', says: 'Published trades', compared: 12, differences: [] }
const broken = { name: 'tokens', says: 'Owners', compared: 3, differences: [difference('token 7')] }

test('a sound report says that the books close', () => {
  const report = { blockNumber: 42n, outcomes: [sound] }
  expect(reportText(report)).toContain('at block 42')
  expect(reportText(report)).toMatch(/facts\.trades +12 +ok/)
  expect(reportText(report)).toContain('The books close: no difference.')
})

test('every difference is named with what the chain says and what is recorded', () => {
  const report = { blockNumber: 42n, outcomes: [sound, broken] }
  expect(reportText(report)).toMatch(/tokens +3 +1 DIFFER/)
  expect(reportText(report)).toContain('token 7: owner is 0xa on the chain, 0xb recorded')
  expect(reportText(report)).toContain('The books do not close: 1 difference.')
})

test('a long list is cut for a person and whole for a machine', () => {
  const differences = Array.from({ length: 30 }, (_, index) => difference(`token ${index}`))
  const report = { blockNumber: 1n, outcomes: [{ ...broken, differences }] }
  expect(reportText(report)).toContain('… and 10 more')
  expect(JSON.parse(reportJson(report))).toMatchObject({ blockNumber: '1', differences: 30 })
  expect(differenceCount(report)).toBe(30)
})
