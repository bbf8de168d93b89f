import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  close,
  fill,
  hold,
  isTerminal,
  newFillState,
  release,
  reserve,
  resume,
  settle,
  statusOf,
  unsettle,
} from './fill-state.ts'

const reason = { code: 'order.funds', says: 'No money.' }

describe('the status of an order', () => {
  test('goes open, settling, filled', () => {
    const open = newFillState(1)
    expect([open, reserve(open), settle(reserve(open))].map(statusOf)).toEqual(['open', 'settling', 'filled'])
  })

  test('is settling again when the chain undoes its trade', () => {
    expect(statusOf(unsettle(settle(reserve(newFillState(1)))))).toBe('settling')
  })

  test('stays open while units are left, unfillable while held', () => {
    expect(statusOf(settle(reserve(newFillState(2))))).toBe('open')
    expect(statusOf(hold(newFillState(2), reason))).toBe('unfillable')
    expect(statusOf(resume(hold(newFillState(2), reason)))).toBe('open')
  })

  test('what is final wins whatever a late look at the chain says', () => {
    const late = fc.constantFrom(
      (state: ReturnType<typeof newFillState>) => hold(state, reason),
      resume,
      (state: ReturnType<typeof newFillState>) => close(state, 'expired'),
      (state: ReturnType<typeof newFillState>) => close(state, 'cancelled'),
    )
    const finals = fc.constantFrom(
      close(newFillState(2), 'cancelled'),
      close(newFillState(2), 'expired'),
      fill(newFillState(1)),
    )
    fc.assert(
      fc.property(finals, fc.array(late), (final, changes) => {
        const after = changes.reduce((state, change) => change(state), final)
        expect(statusOf(after)).toBe(statusOf(final))
        expect(isTerminal(statusOf(after))).toBe(true)
      }),
    )
  })

  test('a unit on its way may still settle after the rest was cancelled', () => {
    const cancelled = close(reserve(newFillState(2)), 'cancelled')
    expect(statusOf(settle(cancelled))).toBe('cancelled')
    expect(settle(cancelled)).toMatchObject({ filled: 1, reserved: 0 })
  })

  test('reserves and releases only what is there', () => {
    expect(() => reserve(reserve(newFillState(1)))).toThrow(RangeError)
    expect(() => reserve(hold(newFillState(1), reason))).toThrow(RangeError)
    expect(() => release(newFillState(1))).toThrow(RangeError)
  })
})
