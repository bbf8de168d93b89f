import { afterAll, beforeEach, expect, test } from 'vitest'
import { openMarket, type TestMarket } from '../testing/open-market.ts'
import { createTrader, draft, giveMoney, giveToken, mustPlace, type Trader } from '../testing/traders.ts'
import { expireBatch } from './expire-orders.ts'

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

test('an order on the book expires without any traffic, and never matches after its end', async () => {
  const { order } = await mustPlace(market, seller, draft(market, seller.address, 'ask'))
  market.clock.now = new Date(market.clock.now.getTime() + 3_601_000)
  const late = await mustPlace(market, buyer, draft(market, buyer.address, 'bid'))
  expect(late.matches).toEqual([])
  expect(await expireBatch(market.job())).toBe(1)
  expect(await expireBatch(market.job())).toBe(0)
  expect(market.publishedOf('orderChanges').at(-1)).toMatchObject({ orderHash: order.orderHash, state: 'expired' })
})
