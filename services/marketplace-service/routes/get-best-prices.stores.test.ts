import { afterEach, beforeEach, expect, test } from 'vitest'
import { asAnyone, TEST_USD } from '../testing/open-market.ts'
import { draft, mustPlace, openTrading, type Trading } from '../testing/traders.ts'
import { getBestPrices } from './get-best-prices.ts'

let market: Trading
beforeEach(async () => {
  market = await openTrading()
})
afterEach(() => market?.close())

test('tells the best prices, null where there are none', async () => {
  const input = {
    params: { tokenId: 5n },
    query: { currency: TEST_USD },
    body: undefined,
    headers: undefined,
  } as const
  expect(await getBestPrices(input, asAnyone(market))).toEqual({ ok: true, value: { ask: null, bid: null } })
  await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  expect(await getBestPrices(input, asAnyone(market))).toMatchObject({
    value: { ask: { price: 10_000_000n }, bid: null },
  })
})
