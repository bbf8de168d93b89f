import { expect, test } from 'vitest'
import { forgeOutcome, outcomeText, sum, tierText, vitestOutcome } from './outcome.ts'

const report = (parts: object) =>
  JSON.stringify({
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: [],
    ...parts,
  })

test('counts what Vitest ran, and what it left out as skipped', () => {
  expect(vitestOutcome(report({}))).toEqual({ passed: 3, failed: 0, skipped: 2 })
})

test('a test file that cannot be loaded is a failure although no test of it failed', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
  ]
  expect(vitestOutcome(report({ testResults })).failed).toBe(1)
})

test('a failed test is counted once, not again for its file', () => {
  const testResults = [{ status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] }]
  expect(vitestOutcome(report({ numFailedTests: 1, testResults })).failed).toBe(1)
})

test('counts and names what forge ran', () => {
  const json = JSON.stringify({
    'test/A.t.sol:A': {
      test_results: {
        'test_works()': { status: 'Success', reason: null },
        'test_breaks()': { status: 'Failure', reason: 'panic: overflow' },
        'test_later()': { status: 'Skipped', reason: null },
      },
    },
  })
  expect(forgeOutcome(json)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 1,
    failures: ['test/A.t.sol:A test_breaks(): panic: overflow'],
  })
})

test('the last line says how many passed and failed, and skipped only when there are any', () => {
  const some = { passed: 2, failed: 0, skipped: 0 }
  expect(outcomeText(some)).toBe('2 passed, 0 failed')
  expect(outcomeText(sum(some, { passed: 1, failed: 1, skipped: 3 }))).toBe('3 passed, 1 failed, 3 skipped')
})

test('a tier names what could not be run, beside its counts or in their place', () => {
  const missing = { passed: 0, failed: 0, skipped: 0, notRun: ['promtool is missing'] }
  expect(tierText(missing)).toBe('not run: promtool is missing')
  expect(tierText(sum(missing, { passed: 2, failed: 0, skipped: 0 }))).toBe(
    '2 passed, 0 failed; not run: promtool is missing',
  )
  expect(tierText({ passed: 0, failed: 0, skipped: 0 })).toBe('no test ran')
})
