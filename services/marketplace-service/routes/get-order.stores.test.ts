import { afterEach, beforeEach, expect, test } from 'vitest'
import { asAnyone, nothing } from '../testing/open-market.ts'
import { draft, mustPlace, openTrading, type Trading } from '../testing/traders.ts'
import { getOrder } from './get-order.ts'

let market: Trading
beforeEach(async () => {
  market = await openTrading()
})
afterEach(() => market?.close())

test('shows an order as it was signed and where it stands', async () => {
  const { order } = await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  await mustPlace(market, market.buyer, draft(market, market.buyer.address, 'bid'))
  const answer = await getOrder({ ...nothing, params: { orderHash: order.orderHash } }, asAnyone(market))
  expect(answer).toEqual({ ok: true, value: { ...order, state: 'settling', reserved: 1 } })
})

test('refuses a hash that no order has', async () => {
  const answer = await getOrder({ ...nothing, params: { orderHash: `0x${'1'.repeat(64)}` } }, asAnyone(market))
  expect(answer).toMatchObject({ ok: false, refusal: { kind: 'order.unknown' } })
})
