import { afterAll, beforeEach, expect, test } from 'vitest'
import { openMarket, type TestMarket } from '../testing/open-market.ts'
import { createTrader, draft, giveMoney, giveToken, mustPlace, type Trader } from '../testing/traders.ts'
import { recheckBatch } from './recheck-orders.ts'

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

test('an order on the book is set aside when the money is gone and matches again when it is back', async () => {
  const bid = await mustPlace(market, buyer, draft(market, buyer.address, 'bid'))
  giveMoney(market, buyer.address, 0n)
  const later = (ms: number) => {
    market.clock.now = new Date(market.clock.now.getTime() + ms)
  }
  later(31_000)
  await recheckBatch(market.job())
  expect(market.publishedOf('orderChanges').at(-1)).toMatchObject({
    state: 'unfillable',
    reason: 'The maker has 0 tUSD, the bid needs 10 tUSD; add 10 tUSD.',
  })
  const ask = await mustPlace(market, seller, draft(market, seller.address, 'ask'))
  expect(ask.matches).toEqual([])
  giveMoney(market, buyer.address)
  later(31_000)
  await recheckBatch(market.job())
  expect(market.publishedOf('ordersMatched')).toMatchObject([
    { bidHash: bid.order.orderHash, askHash: ask.order.orderHash },
  ])
})
