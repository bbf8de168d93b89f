import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { amount, bpsOf, formatUnits, MAX_UINT256, PPM, ppmOf } from './amount.ts'

const anyAmount = fc.bigInt({ min: 0n, max: MAX_UINT256 })

test('every amount survives the wire unchanged, up to 2^256 − 1', () => {
  fc.assert(fc.property(anyAmount, (value) => z.decode(amount, z.encode(amount, value)) === value))
  expect(z.encode(amount, MAX_UINT256)).toHaveLength(78)
})

test.each(['-1', '01', '1.5', '1e3', '', ' 1', '0x10', 'NaN', (MAX_UINT256 + 1n).toString(), '9'.repeat(79)])(
  'refuses %j as an amount',
  (text) => {
    expect(amount.safeDecode(text).success).toBe(false)
  },
)

test('shares of one total never pay out more than the total and leave less than one unit per share', () => {
  const shares = fc
    .array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 31 })
    .map((parts) => [...parts, PPM - parts.reduce((sum, part) => sum + part, 0)])
    .filter((parts) => parts.every((part) => part > 0))
  fc.assert(
    fc.property(anyAmount, shares, (total, parts) => {
      const left = total - parts.reduce((sum, part) => sum + ppmOf(total, part), 0n)
      return left >= 0n && left < BigInt(parts.length)
    }),
  )
})

test('a rate in basis points rounds down and 10 000 is the whole', () => {
  fc.assert(fc.property(anyAmount, (total) => bpsOf(total, 10_000) === total))
  expect(bpsOf(9_999n, 1)).toBe(0n)
  expect(bpsOf(10_001n, 250)).toBe(250n)
})

test('formats base units as whole units without losing a digit', () => {
  expect(formatUnits(1_250_000n, 6)).toBe('1.25')
  expect(formatUnits(1n, 18)).toBe('0.000000000000000001')
  expect(formatUnits(0n, 6)).toBe('0')
  expect(formatUnits(42n, 0)).toBe('42')
  fc.assert(
    fc.property(anyAmount, fc.integer({ min: 1, max: 36 }), (value, decimals) => {
      const [whole = '0', fraction = ''] = formatUnits(value, decimals).split('.')
      return BigInt(whole + fraction.padEnd(decimals, '0')) === value
    }),
  )
})
