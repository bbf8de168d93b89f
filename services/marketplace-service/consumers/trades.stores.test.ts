import { afterEach, beforeEach, expect, test } from 'vitest'
import { recheckBatch } from '../jobs/recheck-orders.ts'
import { findMatch } from '../matches/match-store.ts'
import { findOrders } from '../orders/order-store.ts'
import { aTrade, hear, tradeOf } from '../testing/facts.ts'
import { dump, look, matched } from '../testing/look.ts'
import { anyToken, draft, mustPlace, openTrading, type Trading } from '../testing/traders.ts'

let market: Trading
beforeEach(async () => {
  market = await openTrading()
})
afterEach(() => market?.close())

test('a trade on chain fills both orders of its match and settles it, with its finality', async () => {
  const { ask, bid, match } = await matched(market)
  const trade = tradeOf(match)
  await hear.trades(market, trade)
  expect(await look(market, ask)).toMatchObject({ state: 'filled', filled: 1, reserved: 0 })
  expect(await look(market, bid)).toMatchObject({ state: 'filled', filled: 1, reserved: 0 })
  const settled = { state: 'settled', finality: 'pending', transaction_hash: trade.transactionHash }
  expect(await findMatch(market.db, match.requestId)).toMatchObject(settled)
  await hear.trades(market, { ...trade, finality: 'finalized' })
  expect(await findMatch(market.db, match.requestId)).toMatchObject({ ...settled, finality: 'finalized' })
})

test('C1: a trade that is heard again, in any finality, changes nothing', async () => {
  const { match } = await matched(market)
  const trade = tradeOf(match)
  await hear.trades(market, trade, { ...trade, finality: 'safe' })
  const before = await dump(market)
  const published = (await market.published('orderChanges')).length
  await hear.trades(market, { ...trade, finality: 'safe' })
  expect(await dump(market)).toEqual(before)
  expect(await market.published('orderChanges')).toHaveLength(published)
})

test('a trade that the chain undoes puts the match on its way again; settled elsewhere it counts once', async () => {
  const { ask, bid, match } = await matched(market)
  const first = tradeOf(match)
  await hear.trades(market, first, { ...first, reverted: true }, { ...first, reverted: true })
  expect(await look(market, ask)).toMatchObject({ state: 'settling', filled: 0, reserved: 1 })
  expect(await findMatch(market.db, match.requestId)).toMatchObject({ state: 'settling', finality: null })
  await hear.trades(market, tradeOf(match))
  expect(await look(market, bid)).toMatchObject({ state: 'filled', filled: 1, reserved: 0 })
})

test('a trade that comes back in the very block it was undone in counts again', async () => {
  const { ask, match } = await matched(market)
  const trade = tradeOf(match)
  await hear.trades(market, trade, { ...trade, reverted: true }, trade)
  expect(await look(market, ask)).toMatchObject({ state: 'filled', filled: 1, reserved: 0 })
})

test('a trade by a taker fills the order it names; undone, the order is looked at and opens again', async () => {
  const { order } = await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  const trade = aTrade({ askHash: order.orderHash, seller: market.seller.address })
  await hear.trades(market, trade)
  expect(await look(market, order.orderHash)).toMatchObject({ state: 'filled', filled: 1 })
  await hear.trades(market, { ...trade, reverted: true })
  expect(await look(market, order.orderHash)).toMatchObject({ state: 'unfillable', hold: 'order.undone' })
  await recheckBatch(market.jobContext())
  expect(await look(market, order.orderHash)).toMatchObject({ state: 'open', filled: 0 })
})

test('a trade by a taker is counted when its order is placed here only later', async () => {
  const order = draft(market, market.buyer.address, 'bid', { ...anyToken, maxFills: 3 })
  const { order: placed } = await mustPlace(market, market.buyer, order)
  await market.db.query('DELETE FROM signed_order')
  await hear.trades(market, aTrade({ bidHash: placed.orderHash }))
  const again = await mustPlace(market, market.buyer, order)
  expect(again.order).toMatchObject({ filled: 1, state: 'open' })
})

test('a trade by a taker of a matched ask leaves the bid to the failure of its match', async () => {
  const { ask, bid, match } = await matched(market)
  await hear.trades(market, aTrade({ askHash: ask }))
  expect(await look(market, ask)).toMatchObject({ state: 'filled' })
  market.chain.usedNonces.add(`${market.seller.address}:${(await findOrders(market.db, [ask]))[0]?.signed.order.nonce}`)
  await hear.relayFailed(market, { requestId: match.requestId })
  expect(await look(market, ask)).toMatchObject({ state: 'filled', filled: 1, reserved: 0 })
  expect(await look(market, bid)).toMatchObject({ state: 'open', reserved: 0 })
})
