import { afterAll, beforeEach, expect, test } from 'vitest'
import { asAnyone, openMarket, TEST_USD, type TestMarket } from '../testing/open-market.ts'
import { createTrader, draft, giveMoney, giveToken, mustPlace, type Trader } from '../testing/traders.ts'
import { getBestPrices } from './get-best-prices.ts'

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

test('tells the best prices, null where there are none', async () => {
  const input = {
    params: { tokenId: 5n },
    query: { currency: TEST_USD },
    body: undefined,
    headers: undefined,
  } as const
  expect(await getBestPrices(input, asAnyone(market))).toEqual({ ok: true, value: { ask: null, bid: null } })
  await mustPlace(market, seller, draft(market, seller.address, 'ask'))
  expect(await getBestPrices(input, asAnyone(market))).toMatchObject({
    value: { ask: { price: 10_000_000n }, bid: null },
  })
})
