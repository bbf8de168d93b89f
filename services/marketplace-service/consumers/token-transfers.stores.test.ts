import { afterAll, beforeEach, expect, test } from 'vitest'
import { recheckBatch } from '../jobs/recheck-orders.ts'
import { aTransfer, hear, tradeOf } from '../testing/facts.ts'
import { look, matched } from '../testing/look.ts'
import { openMarket, type TestMarket } from '../testing/open-market.ts'
import { createTrader, draft, giveMoney, giveToken, mustPlace, type Trader } from '../testing/traders.ts'

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

test('a token that moves ends its listings for good, whoever owns it later', async () => {
  const { order } = await mustPlace(market, seller, draft(market, seller.address, 'ask'))
  await hear.transfers(market, aTransfer(seller.address, buyer.address, 2n))
  expect(await look(market, order.orderHash)).toMatchObject({ state: 'unfillable', hold: 'order.epoch' })
  await hear.transfers(market, aTransfer(buyer.address, seller.address, 3n))
  giveToken(market, seller.address, 5n, 3n)
  market.clock.now = new Date(market.clock.now.getTime() + 60_000)
  await recheckBatch(market.job())
  expect(await look(market, order.orderHash)).toMatchObject({ state: 'unfillable', hold: 'order.epoch' })
})

test('a token that moves leaves orders signed for its epoch or for any, and closed ones stay what they are', async () => {
  giveToken(market, seller.address, 5n, 2n)
  const ask = await mustPlace(market, seller, draft(market, seller.address, 'ask', { tokenEpoch: 2n }))
  await hear.transfers(market, aTransfer(buyer.address, seller.address, 2n))
  expect(await look(market, ask.order.orderHash)).toMatchObject({ state: 'open' })
  const bid = await mustPlace(market, buyer, draft(market, buyer.address, 'bid', { pricePerUnit: 1n }))
  await hear.transfers(market, aTransfer(seller.address, buyer.address, 3n))
  expect(await look(market, bid.order.orderHash)).toMatchObject({ state: 'open' })
})

test('a token that moves is known to orders that were checked just before', async () => {
  await hear.transfers(market, aTransfer(seller.address, buyer.address, 2n))
  await expect(mustPlace(market, seller, draft(market, seller.address, 'ask'))).rejects.toThrow('order.epoch')
})

test('a token that moves and back by a reorg gets its listings looked at again', async () => {
  const { order } = await mustPlace(market, seller, draft(market, seller.address, 'ask'))
  const moved = aTransfer(seller.address, buyer.address, 2n)
  await hear.transfers(market, moved, { ...moved, reverted: true })
  await recheckBatch(market.job())
  expect(await look(market, order.orderHash)).toMatchObject({ state: 'open', hold: undefined })
})

test('a token that moves by its own settlement does not disturb it, in whatever order the facts come', async () => {
  const { ask, match } = await matched(market, seller, buyer)
  await hear.transfers(market, aTransfer(seller.address, buyer.address, 2n))
  expect(await look(market, ask)).toMatchObject({ state: 'settling' })
  await hear.trades(market, tradeOf(match))
  expect(await look(market, ask)).toMatchObject({ state: 'filled' })
})
