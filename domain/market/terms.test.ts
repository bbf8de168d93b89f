import { describe, expect, test } from 'vitest'
import { ZERO_ADDRESS } from './order.ts'
import { checkTerms } from './terms.ts'
import { aBid, anAsk, COLLECTION, CURRENCY } from './testing/orders.ts'

const venue = { collection: COLLECTION, currencies: [CURRENCY, ZERO_ADDRESS] }
const NOW = 1_000
const objection = (order: ReturnType<typeof anAsk>) => {
  const result = checkTerms(order, venue, NOW)
  return result.ok ? undefined : result.refusal.kind
}

describe('the terms of an order', () => {
  test('take an ask, a bid on a token, a bid on the collection and an ask in the native currency', () => {
    const orders = [
      anAsk(),
      aBid(),
      aBid({ criteriaKind: 0, criteria: `0x${'0'.repeat(64)}`, maxFills: 7 }),
      anAsk({ currency: ZERO_ADDRESS }),
    ]
    expect(orders.map(objection)).toEqual([undefined, undefined, undefined, undefined])
  })

  test.each([
    ['another collection', anAsk({ collection: CURRENCY })],
    ['a list of tokens', aBid({ criteriaKind: 2 })],
    ['an ask without a token', anAsk({ criteriaKind: 0, criteria: `0x${'0'.repeat(64)}` })],
    ['criteria with no kind', aBid({ criteriaKind: 0 })],
    ['an epoch without a token', aBid({ criteriaKind: 0, criteria: `0x${'0'.repeat(64)}`, tokenEpoch: 1n })],
    ['an ask that outlives a transfer', anAsk({ tokenEpoch: 0n })],
    ['an epoch beyond 96 bits', anAsk({ tokenEpoch: 2n ** 96n })],
    ['an ask that fills twice', anAsk({ maxFills: 2 })],
    ['a price of nothing', anAsk({ pricePerUnit: 0n })],
    ['a price whose fee overflows', anAsk({ pricePerUnit: 2n ** 256n - 1n })],
    ['the maker as taker', anAsk({ taker: anAsk().maker })],
    ['a reserved field', anAsk({ validation: `0x${'1'.repeat(64)}` })],
    ['no maker', anAsk({ maker: ZERO_ADDRESS })],
  ])('refuse %s as invalid', (_name, order) => expect(objection(order)).toBe('invalid'))

  test('refuse a currency that is not listed, and native bids', () => {
    expect(objection(anAsk({ currency: COLLECTION }))).toBe('currency')
    expect(objection(aBid({ currency: ZERO_ADDRESS }))).toBe('currency')
  })

  test('hold from the first second to the last', () => {
    expect(objection(anAsk({ start: NOW, end: NOW }))).toBeUndefined()
    expect(objection(anAsk({ start: NOW + 1 }))).toBe('expired')
    expect(objection(anAsk({ end: NOW - 1 }))).toBe('expired')
  })
})
