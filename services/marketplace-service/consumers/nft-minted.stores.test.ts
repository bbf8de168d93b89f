import { afterAll, beforeEach, expect, test } from 'vitest'
import { recheckBatch } from '../jobs/recheck-orders.ts'
import { hear } from '../testing/facts.ts'
import { look } from '../testing/look.ts'
import { openMarket, type TestMarket } from '../testing/open-market.ts'
import { createTrader, draft, giveMoney, giveToken, mustPlace, onToken, type Trader } from '../testing/traders.ts'

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

test('into being has the orders on it looked at again', async () => {
  giveToken(market, seller.address, 6n)
  const bid = await mustPlace(market, buyer, draft(market, buyer.address, 'bid', onToken(6n)))
  const { order } = await mustPlace(market, buyer, draft(market, buyer.address, 'bid'))
  const asked = market.chain.asked()
  await hear.minted(market, seller.address)
  expect(await recheckBatch(market.job())).toBe(1)
  expect(market.chain.asked()).toBe(asked + 1)
  expect([await look(market, order.orderHash), await look(market, bid.order.orderHash)]).toMatchObject([
    { state: 'open' },
    { state: 'open' },
  ])
})
