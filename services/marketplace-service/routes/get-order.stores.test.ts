import { afterEach, beforeEach, expect, test } from 'vitest'
import { draft, mustPlace, openTrading, type Trading } from '../testing/traders.ts'

let market: Trading
beforeEach(async () => {
  market = await openTrading()
})
afterEach(() => market?.close())

test('shows an order as it was signed and where it stands', async () => {
  const { order } = await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  await mustPlace(market, market.buyer, draft(market, market.buyer.address, 'bid'))
  const answer = await market.call('getOrder', { params: { orderHash: order.orderHash } })
  expect(answer).toMatchObject({ ok: true, value: { ...order, state: 'settling', reserved: 1 } })
})

test('refuses a hash that no order has', async () => {
  const answer = await market.call('getOrder', { params: { orderHash: `0x${'1'.repeat(64)}` } })
  expect(answer).toMatchObject({ status: 404, problem: { code: 'order.unknown' } })
})
