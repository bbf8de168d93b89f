import { afterAll, beforeEach, expect, test } from 'vitest'
import { asAnyone, nothing, openMarket, type TestMarket } from '../testing/open-market.ts'
import { createTrader, draft, giveMoney, giveToken, mustPlace, type Trader } from '../testing/traders.ts'
import { getOrder } from './get-order.ts'

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

test('shows an order as it was signed and where it stands', async () => {
  const { order } = await mustPlace(market, seller, draft(market, seller.address, 'ask'))
  await mustPlace(market, buyer, draft(market, buyer.address, 'bid'))
  const answer = await getOrder({ ...nothing, params: { orderHash: order.orderHash } }, asAnyone(market))
  expect(answer).toEqual({ ok: true, value: { ...order, state: 'settling', reserved: 1 } })
})

test('refuses a hash that no order has', async () => {
  const answer = await getOrder({ ...nothing, params: { orderHash: `0x${'1'.repeat(64)}` } }, asAnyone(market))
  expect(answer).toMatchObject({ ok: false, refusal: { kind: 'order.unknown' } })
})
