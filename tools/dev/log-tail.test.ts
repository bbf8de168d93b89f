import { expect, test } from 'vitest'
import { warningOf } from './log-tail.ts'

const line = (fields: object) => JSON.stringify({ time: '2026-01-01T00:00:00Z', service: 'a', ...fields })

test('a warning is shown as its sentence, with the cause when there is one', () => {
  expect(warningOf(line({ level: 'warn', message: 'the chain is slow' }))).toEqual(['the chain is slow'])
  expect(warningOf(line({ level: 'error', message: 'it failed', error: { message: 'no answer' } }))).toEqual([
    'it failed (no answer)',
  ])
})

test('what is said at lower levels stays in the file, and what is no log entry is shown as it is', () => {
  expect(warningOf(line({ level: 'info', message: 'ready' }))).toEqual([])
  expect(warningOf('')).toEqual([])
  expect(warningOf('SyntaxError: unexpected token')).toEqual(['SyntaxError: unexpected token'])
})
