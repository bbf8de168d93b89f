import { afterEach, beforeEach, expect, test } from 'vitest'
import { TEST_USD } from '../testing/open-market.ts'
import { draft, mustPlace, openTrading, type Trading } from '../testing/traders.ts'

let market: Trading
beforeEach(async () => {
  market = await openTrading()
})
afterEach(() => market?.close())

test('tells the best prices, null where there are none', async () => {
  const best = () => market.call('getBestPrices', { params: { tokenId: 5n }, query: { currency: TEST_USD } })
  expect(await best()).toMatchObject({ ok: true, value: { ask: null, bid: null } })
  await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  expect(await best()).toMatchObject({ value: { ask: { price: 10_000_000n }, bid: null } })
})
