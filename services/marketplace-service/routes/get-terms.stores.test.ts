import { afterAll, beforeEach, expect, test } from 'vitest'
import { asAnyone, nothing, openMarket, type TestMarket } from '../testing/open-market.ts'
import { createTrader, giveMoney, giveToken, type Trader } from '../testing/traders.ts'
import { getTerms } from './get-terms.ts'

let market: TestMarket
let seller: Trader
let buyer: Trader
const opened: TestMarket[] = []

beforeEach(async () => {
  market = await openMarket()
  opened.push(market)
  seller = createTrader()
  buyer = createTrader()
  giveToken(market, seller.address)
  giveMoney(market, buyer.address)
})
afterAll(() => Promise.all(opened.map((each) => each.close())))

test('gives terms that an order can be signed with, and none for a token there is not', async () => {
  const terms = await getTerms({ ...nothing, query: { maker: seller.address, tokenId: 5n } }, asAnyone(market))
  expect(terms).toMatchObject({ ok: true, value: { tokenEpoch: 1n, royaltyBps: 500, feeBps: 100, counter: 0n } })
  market.chain.usedNonces.add(`${seller.address}:2`)
  const next = await getTerms({ ...nothing, query: { maker: seller.address, tokenId: undefined } }, asAnyone(market))
  expect(next).toMatchObject({ value: { nonce: 3n, tokenEpoch: null, royaltyBps: null } })
  const none = await getTerms({ ...nothing, query: { maker: seller.address, tokenId: 6n } }, asAnyone(market))
  expect(none).toMatchObject({ refusal: { kind: 'token.unknown' } })
})
