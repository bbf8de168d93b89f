import { afterAll, beforeEach, expect, test } from 'vitest'
import { answering, asUser, nothing, openMarket, type TestMarket } from '../testing/open-market.ts'
import { createTrader, draft, giveMoney, giveToken, mustPlace, type Trader } from '../testing/traders.ts'
import { cancelOrder } from './cancel-order.ts'

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

const cancel = (trader: Trader, orderHash: `0x${string}`) =>
  answering(market, (tx) => cancelOrder({ ...nothing, params: { orderHash } }, asUser(market, trader.address, tx)))

test('an order on the book is taken off by its maker alone, and only while it is neither closed nor settling', async () => {
  const { order } = await mustPlace(market, seller, draft(market, seller.address, 'ask'))
  expect(await cancel(buyer, order.orderHash)).toMatchObject({ refusal: { kind: 'order.maker' } })
  expect(await cancel(seller, `0x${'1'.repeat(64)}`)).toMatchObject({ refusal: { kind: 'order.unknown' } })
  expect(await cancel(seller, order.orderHash)).toMatchObject({ ok: true, value: { state: 'cancelled' } })
  expect(await cancel(seller, order.orderHash)).toMatchObject({ refusal: { kind: 'order.closed' } })
  const again = await mustPlace(market, seller, draft(market, seller.address, 'ask'))
  const { matches } = await mustPlace(market, buyer, draft(market, buyer.address, 'bid'))
  expect(matches[0]?.askHash).toBe(again.order.orderHash)
  expect(await cancel(seller, again.order.orderHash)).toMatchObject({ refusal: { kind: 'order.settling' } })
})
