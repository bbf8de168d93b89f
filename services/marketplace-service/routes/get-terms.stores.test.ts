import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTrading, type Trading } from '../testing/traders.ts'

let market: Trading
beforeEach(async () => {
  market = await openTrading()
})
afterEach(() => market?.close())

const termsOf = (tokenId: bigint | undefined) =>
  market.call('getTerms', { query: { maker: market.seller.address, tokenId } })

test('gives terms that an order can be signed with', async () => {
  expect(await termsOf(5n)).toMatchObject({
    ok: true,
    value: { chainId: 31_337, nonce: 1n, tokenEpoch: 1n, royaltyBps: 500, feeBps: 100, counter: 0n },
  })
})

test('never gives a nonce that is used, and nothing about a token when none is named', async () => {
  market.chain.usedNonces.add(`${market.seller.address}:1`)
  expect(await termsOf(undefined)).toMatchObject({ value: { nonce: 2n, tokenEpoch: null, royaltyBps: null } })
})

test('refuses a token there is not', async () => {
  expect(await termsOf(6n)).toMatchObject({ status: 404, problem: { code: 'token.unknown' } })
})

test('says so when the chain does not answer', async () => {
  market.chain.fallSilent()
  expect(await termsOf(5n)).toMatchObject({ status: 503, problem: { code: 'chain.unreachable' } })
})
