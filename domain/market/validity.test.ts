import { describe, expect, test } from 'vitest'
import { aBid, anAsk, BUYER, SELLER } from './testing/orders.ts'
import { type ChainFacts, findObstacle } from './validity.ts'

const around = { exchange: `0x${'e'.repeat(40)}`, currency: { symbol: 'tUSD', decimals: 6 }, committed: 0n } as const
const token = { owner: SELLER, epoch: 1n, royaltyBps: 750, isApproved: true } as const
const sound: ChainFacts = {
  counter: 3n,
  nonceUsed: false,
  filled: 0n,
  feeBps: 100,
  currencyAllowed: true,
  token,
  balance: 1_250_000n,
  allowance: 1_250_000n,
}
const kindOf = (order: ReturnType<typeof anAsk>, changes: Partial<ChainFacts>) =>
  findObstacle(order, { ...sound, ...changes }, around)?.kind

describe('what stands in the way of an order', () => {
  test('is nothing when the chain would take it', () => {
    expect(findObstacle(anAsk(), sound, around)).toBeUndefined()
    expect(findObstacle(aBid(), sound, around)).toBeUndefined()
  })

  test('is a counter that moved, a nonce that is used, or fills that are used up', () => {
    expect(kindOf(anAsk(), { counter: 4n })).toBe('nonce')
    expect(kindOf(anAsk(), { nonceUsed: true })).toBe('nonce')
    expect(kindOf(aBid({ maxFills: 2 }), { filled: 2n })).toBe('nonce')
    expect(kindOf(aBid({ maxFills: 2 }), { filled: 1n })).toBeUndefined()
  })

  test('of an ask is the token: missing, of another owner, moved since, not approved', () => {
    expect(kindOf(anAsk(), { token: undefined })).toBe('not-owner')
    expect(kindOf(anAsk(), { token: { ...token, owner: BUYER } })).toBe('not-owner')
    expect(kindOf(anAsk(), { token: { ...token, epoch: 3n } })).toBe('epoch')
    expect(kindOf(anAsk(), { token: { ...token, isApproved: false } })).toBe('not-approved')
  })

  test('of an ask is a royalty or fee above what the seller signed', () => {
    expect(kindOf(anAsk({ maxRoyaltyBps: 749 }), {})).toBe('invalid')
    expect(kindOf(anAsk({ maxRoyaltyBps: 750 }), {})).toBeUndefined()
    expect(kindOf(anAsk({ maxRoyaltyBps: 10_000 }), { token: { ...token, royaltyBps: 1_001 } })).toBe('invalid')
    expect(kindOf(anAsk({ maxFeeBps: 99 }), {})).toBe('invalid')
  })

  test('of a bid is money: one unit too little of balance or allowance', () => {
    expect(kindOf(aBid(), { balance: 1_249_999n })).toBe('funds')
    expect(kindOf(aBid(), { allowance: 1_249_999n })).toBe('not-approved')
    expect(kindOf(aBid(), { token: { ...token, owner: BUYER } })).toBe('invalid')
  })

  test('of a bid counts what matches under way will take, and says what to add', () => {
    const obstacle = findObstacle(aBid(), sound, { ...around, committed: 250_000n })
    expect(obstacle?.kind).toBe('funds')
    expect(obstacle?.says).toBe(
      'The maker has 1.25 tUSD, the bid needs 1.5 tUSD, 0.25 tUSD of it for matches being settled; add 0.25 tUSD.',
    )
    expect(obstacle?.facts).toMatchObject({ needed: '1500000', available: '1250000' })
  })
})
