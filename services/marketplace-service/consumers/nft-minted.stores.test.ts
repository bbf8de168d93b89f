import { afterEach, beforeEach, expect, test } from 'vitest'
import { recheckBatch } from '../jobs/recheck-orders.ts'
import { hear } from '../testing/facts.ts'
import { look } from '../testing/look.ts'
import { draft, giveToken, mustPlace, onToken, openTrading, type Trading } from '../testing/traders.ts'

let market: Trading
beforeEach(async () => {
  market = await openTrading()
})
afterEach(() => market?.close())

test('a mint has the orders on its token looked at again, and no others', async () => {
  giveToken(market, market.seller.address, 6n)
  const bid = await mustPlace(market, market.buyer, draft(market, market.buyer.address, 'bid', onToken(6n)))
  const { order } = await mustPlace(market, market.buyer, draft(market, market.buyer.address, 'bid'))
  const asked = market.chain.asked()
  await hear.minted(market, market.seller.address)
  expect(await recheckBatch(market.jobContext())).toBe(1)
  expect(market.chain.asked()).toBe(asked + 1)
  expect([await look(market, order.orderHash), await look(market, bid.order.orderHash)]).toMatchObject([
    { state: 'open' },
    { state: 'open' },
  ])
})
