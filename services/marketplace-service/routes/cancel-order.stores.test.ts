import { afterEach, beforeEach, expect, test } from 'vitest'
import { draft, mustPlace, openTrading, type Trader, type Trading } from '../testing/traders.ts'

let market: Trading
beforeEach(async () => {
  market = await openTrading()
})
afterEach(() => market?.close())

const cancel = (trader: Trader, orderHash: `0x${string}`) =>
  market.call('cancelOrder', { params: { orderHash } }, { as: trader.address })

test('an order on the book is taken off by its maker alone, and only while it is neither closed nor settling', async () => {
  const { order } = await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  expect(await cancel(market.buyer, order.orderHash)).toMatchObject({ problem: { code: 'order.maker' } })
  expect(await cancel(market.seller, `0x${'1'.repeat(64)}`)).toMatchObject({ problem: { code: 'order.unknown' } })
  expect(await cancel(market.seller, order.orderHash)).toMatchObject({ ok: true, value: { state: 'cancelled' } })
  expect(await cancel(market.seller, order.orderHash)).toMatchObject({ problem: { code: 'order.closed' } })
  const again = await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  const { matches } = await mustPlace(market, market.buyer, draft(market, market.buyer.address, 'bid'))
  expect(matches[0]?.askHash).toBe(again.order.orderHash)
  expect(await cancel(market.seller, again.order.orderHash)).toMatchObject({ problem: { code: 'order.settling' } })
})
