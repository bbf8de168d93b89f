import { afterEach, beforeEach, expect, test } from 'vitest'
import { recheckBatch } from '../jobs/recheck-orders.ts'
import { findMatch } from '../matches/match-store.ts'
import { hear, tradeOf } from '../testing/facts.ts'
import { dump, look, matched } from '../testing/look.ts'
import { createTrader, draft, giveMoney, mustPlace, openTrading, type Trading } from '../testing/traders.ts'

let market: Trading
beforeEach(async () => {
  market = await openTrading()
})
afterEach(() => market?.close())

test('K7: a failed settlement gives both units back once, holds the order at fault and rematches the other', async () => {
  const { ask, bid, match } = await matched(market)
  giveMoney(market, market.buyer.address, 0n)
  const second = createTrader()
  giveMoney(market, second.address)
  const waiting = await mustPlace(market, second, draft(market, second.address, 'bid', { pricePerUnit: 11_000_000n }))
  await hear.relayFailed(market, { requestId: match.requestId, says: 'The buyer has no money.' })
  expect(await look(market, bid)).toMatchObject({ state: 'unfillable', reserved: 0, hold: 'order.funds' })
  expect(await look(market, ask)).toMatchObject({ state: 'settling', reserved: 1 })
  expect(await findMatch(market.db, match.requestId)).toMatchObject({
    state: 'failed',
    failure: 'The buyer has no money.',
  })
  const rematch = (await market.published('ordersMatched')).at(-1)
  expect(rematch).toMatchObject({ askHash: ask, bidHash: waiting.order.orderHash, price: 10_000_000n })
  const before = await dump(market)
  await hear.relayFailed(market, { requestId: match.requestId })
  expect(await dump(market)).toEqual(before)
})

test('a failure for no reason that the chain can name makes the later order wait, not match at once for ever', async () => {
  const { ask, bid, match } = await matched(market)
  await hear.relayFailed(market, { requestId: match.requestId })
  expect(await look(market, ask)).toMatchObject({ state: 'open', reserved: 0 })
  expect(await look(market, bid)).toMatchObject({ state: 'unfillable', hold: 'order.settlement' })
  market.clock.now = new Date(market.clock.now.getTime() + 31_000)
  await recheckBatch(market.jobContext())
  expect(await look(market, bid)).toMatchObject({ state: 'settling' })
  expect(await market.published('ordersMatched')).toHaveLength(2)
})

test('a failed settlement of an order that has ended expires the order', async () => {
  const { ask, bid, match } = await matched(market)
  market.clock.now = new Date(market.clock.now.getTime() + 3_601_000)
  await hear.relayFailed(market, { requestId: match.requestId })
  expect([(await look(market, ask)).state, (await look(market, bid)).state]).toEqual(['expired', 'expired'])
})

test('the failure of a mint, or of a match that is unknown, changes nothing', async () => {
  await matched(market)
  const before = await dump(market)
  await hear.relayFailed(market, {})
  await hear.relayFailed(market, { work: 'mint' })
  expect(await dump(market)).toEqual(before)
})

test('a failure that comes after the trade changes nothing', async () => {
  const { ask, match } = await matched(market)
  await hear.trades(market, tradeOf(match))
  await hear.relayFailed(market, { requestId: match.requestId })
  expect(await look(market, ask)).toMatchObject({ state: 'filled' })
  expect(await findMatch(market.db, match.requestId)).toMatchObject({ state: 'settled' })
})

test('a match that was thought failed is settled by its trade', async () => {
  const { ask, bid, match } = await matched(market)
  await hear.relayFailed(market, { requestId: match.requestId })
  await hear.trades(market, tradeOf(match))
  expect([(await look(market, ask)).state, (await look(market, bid)).state]).toEqual(['filled', 'filled'])
  expect(await findMatch(market.db, match.requestId)).toMatchObject({ state: 'settled', failure: null })
})
