import { afterEach, beforeEach, expect, test } from 'vitest'
import { recheckBatch } from '../jobs/recheck-orders.ts'
import { aTransfer, hear, tradeOf } from '../testing/facts.ts'
import { look, matched } from '../testing/look.ts'
import { draft, giveToken, mustPlace, openTrading, type Trading } from '../testing/traders.ts'

let market: Trading
beforeEach(async () => {
  market = await openTrading()
})
afterEach(() => market?.close())

test('a token that moves ends its listings for good, whoever owns it later', async () => {
  const { order } = await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  await hear.transfers(market, aTransfer(market.seller.address, market.buyer.address, 2n))
  expect(await look(market, order.orderHash)).toMatchObject({ state: 'unfillable', hold: 'order.epoch' })
  await hear.transfers(market, aTransfer(market.buyer.address, market.seller.address, 3n))
  giveToken(market, market.seller.address, 5n, 3n)
  market.clock.now = new Date(market.clock.now.getTime() + 60_000)
  await recheckBatch(market.jobContext())
  expect(await look(market, order.orderHash)).toMatchObject({ state: 'unfillable', hold: 'order.epoch' })
})

test('a token that moves leaves orders signed for its epoch or for any, and closed ones stay what they are', async () => {
  giveToken(market, market.seller.address, 5n, 2n)
  const ask = await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask', { tokenEpoch: 2n }))
  await hear.transfers(market, aTransfer(market.buyer.address, market.seller.address, 2n))
  expect(await look(market, ask.order.orderHash)).toMatchObject({ state: 'open' })
  const bid = await mustPlace(market, market.buyer, draft(market, market.buyer.address, 'bid', { pricePerUnit: 1n }))
  await hear.transfers(market, aTransfer(market.seller.address, market.buyer.address, 3n))
  expect(await look(market, bid.order.orderHash)).toMatchObject({ state: 'open' })
})

test('an order that was checked just before its token moved is refused', async () => {
  await hear.transfers(market, aTransfer(market.seller.address, market.buyer.address, 2n))
  await expect(mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))).rejects.toThrow(
    'order.epoch',
  )
})

test('a token whose move the chain undoes gets its listings looked at again', async () => {
  const { order } = await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  const moved = aTransfer(market.seller.address, market.buyer.address, 2n)
  await hear.transfers(market, moved, { ...moved, reverted: true })
  await recheckBatch(market.jobContext())
  expect(await look(market, order.orderHash)).toMatchObject({ state: 'open', hold: undefined })
})

test('a token that moves by its own settlement does not disturb the match, in whatever order the facts come', async () => {
  const { ask, match } = await matched(market)
  await hear.transfers(market, aTransfer(market.seller.address, market.buyer.address, 2n))
  expect(await look(market, ask)).toMatchObject({ state: 'settling' })
  await hear.trades(market, tradeOf(match))
  expect(await look(market, ask)).toMatchObject({ state: 'filled' })
})
