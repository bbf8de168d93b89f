import { PPM, ppmOf } from '@knowton/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkShares, MAX_SHARES, type Share } from './shares.ts'

const address = (index: number) => `0x${index.toString(16).padStart(40, '0')}` as const

/** Any sound split: cuts of one million at distinct places. */
const split = fc
  .uniqueArray(fc.integer({ min: 1, max: PPM - 1 }), { maxLength: MAX_SHARES - 1 })
  .map((cuts) => [0, ...cuts.toSorted((a, b) => a - b), PPM])
  .map((cuts) =>
    cuts.slice(1).map((cut, index): Share => ({ address: address(index + 1), sharePpm: cut - (cuts[index] ?? 0) })),
  )

test('takes any split that adds up to one million, in the order it was given', () => {
  fc.assert(
    fc.property(split, (shares) => {
      expect(checkShares(shares)).toEqual({ ok: true, value: shares })
    }),
  )
})

test('refuses a split that is off by anything', () => {
  const off = fc.integer({ min: -PPM, max: PPM }).filter((by) => by !== 0)
  fc.assert(
    fc.property(split, off, fc.nat(), (shares, by, at) => {
      const changed = shares.map((share, index) =>
        index === at % shares.length ? { ...share, sharePpm: share.sharePpm + by } : share,
      )
      expect(checkShares(changed).ok).toBe(false)
    }),
  )
})

test('refuses an account that is named twice', () => {
  fc.assert(
    fc.property(split, fc.nat(), (shares, at) => {
      const [first, ...rest] = shares
      fc.pre(first !== undefined && rest.length > 0)
      const twice = shares.map((share, index) =>
        index === 1 + (at % rest.length) ? { ...share, address: shares[0]?.address ?? share.address } : share,
      )
      expect(checkShares(twice)).toMatchObject({ ok: false, refusal: { says: expect.stringContaining('named twice') } })
    }),
  )
})

test('what the shares of a sound split are paid never exceeds the income, and leaves less than one unit a share', () => {
  fc.assert(
    fc.property(split, fc.bigInt({ min: 0n, max: 2n ** 200n }), (shares, income) => {
      const paid = shares.reduce((sum, share) => sum + ppmOf(income, share.sharePpm), 0n)
      expect(paid <= income && income - paid < BigInt(shares.length)).toBe(true)
    }),
  )
})

test('refuses no shares, too many, the zero address and parts that are not whole', () => {
  const whole = [{ address: address(1), sharePpm: PPM }]
  const many = Array.from({ length: 40 }, (_, index) => ({ address: address(index + 1), sharePpm: PPM / 40 }))
  expect(checkShares([]).ok).toBe(false)
  expect(checkShares(many).ok).toBe(false)
  expect(checkShares([{ address: address(0), sharePpm: PPM }]).ok).toBe(false)
  expect(checkShares([...whole, { address: address(2), sharePpm: 0 }]).ok).toBe(false)
  expect(
    checkShares([1, 2].map((index) => ({ address: address(index), sharePpm: PPM / 2 + 0.5 - (index - 1) }))).ok,
  ).toBe(false)
})
