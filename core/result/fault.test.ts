import { expect, test } from 'vitest'
import { Fault, isRetryable } from './fault.ts'
import { ok, refuse } from './result.ts'

test('only a fault that says so is worth trying again', () => {
  expect(isRetryable(new Fault('chain.unreachable', 'no answer', { retry: 'later' }))).toBe(true)
  expect(isRetryable(new Fault('work.unknown', 'no such work'))).toBe(false)
  expect(isRetryable(new Error('anything'))).toBe(false)
})

test('a fault keeps its code, sentence and cause', () => {
  const cause = new Error('ECONNREFUSED')
  const fault = new Fault('chain.unreachable', 'The chain does not answer.', { cause })
  expect({ code: fault.code, message: fault.message, cause: fault.cause, retry: fault.retry }).toEqual({
    code: 'chain.unreachable',
    message: 'The chain does not answer.',
    cause,
    retry: 'never',
  })
})

test('a result is a value or a reason, told apart by ok', () => {
  expect(ok(1)).toEqual({ ok: true, value: 1 })
  expect(refuse({ kind: 'a' })).toEqual({ ok: false, refusal: { kind: 'a' } })
})
