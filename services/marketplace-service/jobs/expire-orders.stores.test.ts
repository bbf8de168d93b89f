import { afterEach, beforeEach, expect, test } from 'vitest'
import { draft, mustPlace, openTrading, type Trading } from '../testing/traders.ts'
import { expireBatch } from './expire-orders.ts'

let market: Trading
beforeEach(async () => {
  market = await openTrading()
})
afterEach(() => market?.close())

test('an order on the book expires without any traffic, and never matches after its end', async () => {
  const { order } = await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  market.clock.now = new Date(market.clock.now.getTime() + 3_601_000)
  const late = await mustPlace(market, market.buyer, draft(market, market.buyer.address, 'bid'))
  expect(late.matches).toEqual([])
  expect(await expireBatch(market.jobContext())).toBe(1)
  expect(await expireBatch(market.jobContext())).toBe(0)
  expect((await market.published('orderChanges')).at(-1)).toMatchObject({
    orderHash: order.orderHash,
    state: 'expired',
  })
})
