import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  close,
  fill,
  hold,
  isTerminal,
  newStanding,
  release,
  reserve,
  resume,
  settle,
  stateOf,
  unsettle,
} from './standing.ts'

const reason = { code: 'order.funds', says: 'No money.' }

describe('where an order stands', () => {
  test('goes open, settling, filled', () => {
    const open = newStanding(1)
    expect([open, reserve(open), settle(reserve(open))].map(stateOf)).toEqual(['open', 'settling', 'filled'])
  })

  test('is settling again when the chain undoes its trade', () => {
    expect(stateOf(unsettle(settle(reserve(newStanding(1)))))).toBe('settling')
  })

  test('stays open while units are left, unfillable while held', () => {
    expect(stateOf(settle(reserve(newStanding(2))))).toBe('open')
    expect(stateOf(hold(newStanding(2), reason))).toBe('unfillable')
    expect(stateOf(resume(hold(newStanding(2), reason)))).toBe('open')
  })

  test('what is final wins whatever a late look at the chain says', () => {
    const late = fc.constantFrom(
      (standing: ReturnType<typeof newStanding>) => hold(standing, reason),
      resume,
      (standing: ReturnType<typeof newStanding>) => close(standing, 'expired'),
      (standing: ReturnType<typeof newStanding>) => close(standing, 'cancelled'),
    )
    const finals = fc.constantFrom(
      close(newStanding(2), 'cancelled'),
      close(newStanding(2), 'expired'),
      fill(newStanding(1)),
    )
    fc.assert(
      fc.property(finals, fc.array(late), (final, changes) => {
        const after = changes.reduce((standing, change) => change(standing), final)
        expect(stateOf(after)).toBe(stateOf(final))
        expect(isTerminal(stateOf(after))).toBe(true)
      }),
    )
  })

  test('a unit on its way may still settle after the rest was cancelled', () => {
    const cancelled = close(reserve(newStanding(2)), 'cancelled')
    expect(stateOf(settle(cancelled))).toBe('cancelled')
    expect(settle(cancelled)).toMatchObject({ filled: 1, reserved: 0 })
  })

  test('reserves and releases only what is there', () => {
    expect(() => reserve(reserve(newStanding(1)))).toThrow(RangeError)
    expect(() => reserve(hold(newStanding(1), reason))).toThrow(RangeError)
    expect(() => release(newStanding(1))).toThrow(RangeError)
  })
})
