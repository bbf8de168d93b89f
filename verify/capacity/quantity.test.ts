import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesText, cpuText, millisOf, parseQuantity, unitsOf } from './quantity.ts'

test.each([
  ['500m', 500],
  ['1', 1000],
  [2, 2000],
  ['1.5', 1500],
  ['.25', 250],
  ['100u', 1],
  ['1e3m', undefined],
])('reads %s as %s thousandths of a CPU', (text, millis) => {
  if (millis === undefined) expect(parseQuantity(text)).toBeUndefined()
  else expect(millisOf(text)).toBe(millis)
})

test.each([
  ['128Ki', 131_072],
  ['1.5Gi', 1_610_612_736],
  ['1k', 1000],
  ['1M', 1_000_000],
  ['2E', 2e18],
  ['2e3', 2000],
  ['12E-1', 2],
  ['1.1', 2],
  ['-5', -5],
])('reads %s as %s bytes', (text, bytes) => {
  expect(unitsOf(text)).toBe(bytes)
})

test.each(['', 'Gi', '1 Gi', '1gi', '1KB', '1.2.3', '0x10', 'e3', '1e', '1e99', Number.NaN, null, {}])(
  'refuses %s, which is no quantity',
  (value) => {
    expect(parseQuantity(value)).toBeUndefined()
  },
)

test('reads every whole number of every unit exactly', () => {
  const units = {
    '': 1n,
    k: 10n ** 3n,
    M: 10n ** 6n,
    G: 10n ** 9n,
    Ki: 2n ** 10n,
    Mi: 2n ** 20n,
    Gi: 2n ** 30n,
  } as const
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 9n }),
      fc.constantFrom<keyof typeof units>('', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi'),
      (number, unit) => {
        expect(parseQuantity(`${number}${unit}`)).toBe(number * units[unit] * 10n ** 9n)
      },
    ),
  )
})

test('an exponent says the same as its suffix', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: 999 }), (whole, thousandths) => {
      const digits = `${whole}.${String(thousandths).padStart(3, '0')}`
      expect(parseQuantity(`${digits}e3`)).toBe(parseQuantity(`${digits}k`))
      expect(parseQuantity(`${digits}e-3`)).toBe(parseQuantity(`${digits}m`))
    }),
  )
})

test('writes amounts as people do', () => {
  expect(cpuText(1500)).toBe('1.5 CPU')
  expect(bytesText(8 * 1024 ** 3)).toBe('8 GiB')
  expect(bytesText(256 * 1024 ** 2)).toBe('256 MiB')
})
