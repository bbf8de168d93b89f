import { afterEach, beforeEach, expect, test } from 'vitest'
import { asAnyone, nothing } from '../testing/open-market.ts'
import { openTrading, type Trading } from '../testing/traders.ts'
import { getTerms } from './get-terms.ts'

let market: Trading
beforeEach(async () => {
  market = await openTrading()
})
afterEach(() => market?.close())

test('gives terms that an order can be signed with, and none for a token there is not', async () => {
  const terms = await getTerms({ ...nothing, query: { maker: market.seller.address, tokenId: 5n } }, asAnyone(market))
  expect(terms).toMatchObject({ ok: true, value: { tokenEpoch: 1n, royaltyBps: 500, feeBps: 100, counter: 0n } })
  market.chain.usedNonces.add(`${market.seller.address}:2`)
  const next = await getTerms(
    { ...nothing, query: { maker: market.seller.address, tokenId: undefined } },
    asAnyone(market),
  )
  expect(next).toMatchObject({ value: { nonce: 3n, tokenEpoch: null, royaltyBps: null } })
  const none = await getTerms({ ...nothing, query: { maker: market.seller.address, tokenId: 6n } }, asAnyone(market))
  expect(none).toMatchObject({ refusal: { kind: 'token.unknown' } })
})
