import { afterEach, beforeEach, expect, test } from 'vitest'
import { answering, asUser, nothing } from '../testing/open-market.ts'
import { draft, mustPlace, openTrading, type Trader, type Trading } from '../testing/traders.ts'
import { cancelOrder } from './cancel-order.ts'

let market: Trading
beforeEach(async () => {
  market = await openTrading()
})
afterEach(() => market?.close())

const cancel = (trader: Trader, orderHash: `0x${string}`) =>
  answering(market, (tx) => cancelOrder({ ...nothing, params: { orderHash } }, asUser(market, trader.address, tx)))

test('an order on the book is taken off by its maker alone, and only while it is neither closed nor settling', async () => {
  const { order } = await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  expect(await cancel(market.buyer, order.orderHash)).toMatchObject({ refusal: { kind: 'order.maker' } })
  expect(await cancel(market.seller, `0x${'1'.repeat(64)}`)).toMatchObject({ refusal: { kind: 'order.unknown' } })
  expect(await cancel(market.seller, order.orderHash)).toMatchObject({ ok: true, value: { state: 'cancelled' } })
  expect(await cancel(market.seller, order.orderHash)).toMatchObject({ refusal: { kind: 'order.closed' } })
  const again = await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  const { matches } = await mustPlace(market, market.buyer, draft(market, market.buyer.address, 'bid'))
  expect(matches[0]?.askHash).toBe(again.order.orderHash)
  expect(await cancel(market.seller, again.order.orderHash)).toMatchObject({ refusal: { kind: 'order.settling' } })
})
