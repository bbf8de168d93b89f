import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Voucher, voucherFaults, voucherFor } from './voucher.ts'

const now = 1_800_000_000
const clock = { now, maxSeconds: 3_600 }
const address = (digit: string) => `0x${digit.repeat(40)}` as const
const hash = (digit: string) => `0x${digit.repeat(64)}` as const
const terms = {
  creator: address('a'),
  contentHash: hash('b'),
  uriHash: hash('c'),
  royaltyBps: 500,
  royaltyReceiver: address('d'),
}
const facts = { counter: 7n, isNonceRevoked: false }
const voucher = voucherFor(terms, { to: address('e'), validUntil: now + 3_600, nonce: 5n, counter: 7n })

const faultsOf = (change: Partial<Voucher>) => voucherFaults({ ...voucher, ...change }, terms, facts, clock)

test('the voucher that the platform proposes has no faults', () => {
  expect(faultsOf({})).toEqual([])
})

test('a voucher changed in any one of its terms is refused, and the field is named', () => {
  const changes: readonly Partial<Voucher>[] = [
    { creator: address('1') },
    { to: address('0') },
    { contentHash: hash('1') },
    { uriHash: hash('1') },
    { royaltyBps: 501 },
    { royaltyReceiver: address('1') },
    { price: 1n },
    { currency: address('1') },
    { validAfter: now + 1 },
    { validUntil: now + 59 },
    { validUntil: now + 3_901 },
    { counter: 8n },
  ]
  for (const change of changes) {
    const faults = faultsOf(change)
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(Object.keys(change)[0])
  }
})

test('a nonce that was taken back is refused', () => {
  const faults = voucherFaults(voucher, terms, { ...facts, isNonceRevoked: true }, clock)
  expect(faults).toEqual([expect.stringContaining('nonce')])
})

test('a voucher is valid in time exactly when a relay has a minute left and the window is no longer than allowed', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -10_000, max: 10_000 }),
      fc.integer({ min: -10_000, max: 10_000 }),
      (after, until) => {
        const isFine = after <= 0 && until >= 60 && until <= 3_900
        expect(faultsOf({ validAfter: now + after, validUntil: now + until }).length === 0).toBe(isFine)
      },
    ),
  )
})
