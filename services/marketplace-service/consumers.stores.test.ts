import type { Hex } from '@knowton/core'
import { statusOf } from '@knowton/domain/market'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { recheckBatch } from './jobs/recheck-orders.ts'
import { findMatch } from './matches/match-store.ts'
import { findOrders } from './orders/order-store.ts'
import { aTrade, aTransfer, hear, tradeOf } from './testing/facts.ts'
import { openMarket, type TestMarket } from './testing/open-market.ts'
import {
  anyToken,
  createTrader,
  draft,
  giveMoney,
  giveToken,
  mustPlace,
  onToken,
  type Trader,
} from './testing/traders.ts'

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

const look = async (orderHash: Hex) => {
  const [record] = await findOrders(market.db, [orderHash])
  if (record === undefined) throw new RangeError(orderHash)
  const { filled, reserved, hold } = record.fillState
  return { state: statusOf(record.fillState), filled, reserved, hold: hold?.code }
}
/** An ask and a bid that are matched. */
const matched = async () => {
  const ask = await mustPlace(market, seller, draft(market, seller.address, 'ask'))
  const bid = await mustPlace(market, buyer, draft(market, buyer.address, 'bid'))
  const [match] = bid.matches
  if (match === undefined) throw new Error('no match')
  return { ask: ask.order.orderHash, bid: bid.order.orderHash, match }
}
const dump = async () => ({
  orders: await market.db.query(
    'SELECT order_hash, state, filled, reserved, closed, hold_code FROM signed_order ORDER BY order_hash',
  ),
  matches: await market.db.query('SELECT request_id, state, finality, failure FROM order_match ORDER BY request_id'),
  trades: await market.db.query('SELECT * FROM chain_trade ORDER BY fact_id'),
})

describe('a trade on chain', () => {
  test('fills both orders of its match and settles it, with its finality', async () => {
    const { ask, bid, match } = await matched()
    const trade = tradeOf(match)
    await hear.trades(market, trade)
    expect(await look(ask)).toMatchObject({ state: 'filled', filled: 1, reserved: 0 })
    expect(await look(bid)).toMatchObject({ state: 'filled', filled: 1, reserved: 0 })
    const settled = { state: 'settled', finality: 'pending', transaction_hash: trade.transactionHash }
    expect(await findMatch(market.db, match.requestId)).toMatchObject(settled)
    await hear.trades(market, { ...trade, finality: 'finalized' })
    expect(await findMatch(market.db, match.requestId)).toMatchObject({ ...settled, finality: 'finalized' })
  })

  test('C1: heard again, in any finality, changes nothing', async () => {
    const { match } = await matched()
    const trade = tradeOf(match)
    await hear.trades(market, trade, { ...trade, finality: 'safe' })
    const before = await dump()
    const published = market.published.length
    await hear.trades(market, { ...trade, finality: 'safe' })
    expect(await dump()).toEqual(before)
    expect(market.published).toHaveLength(published)
  })

  test('that is undone puts the match on its way again; settled elsewhere it counts once', async () => {
    const { ask, bid, match } = await matched()
    const first = tradeOf(match)
    await hear.trades(market, first, { ...first, reverted: true }, { ...first, reverted: true })
    expect(await look(ask)).toMatchObject({ state: 'settling', filled: 0, reserved: 1 })
    expect(await findMatch(market.db, match.requestId)).toMatchObject({ state: 'settling', finality: null })
    await hear.trades(market, tradeOf(match))
    expect(await look(bid)).toMatchObject({ state: 'filled', filled: 1, reserved: 0 })
  })

  test('that comes back in the very block it was undone in counts again', async () => {
    const { ask, match } = await matched()
    const trade = tradeOf(match)
    await hear.trades(market, trade, { ...trade, reverted: true }, trade)
    expect(await look(ask)).toMatchObject({ state: 'filled', filled: 1, reserved: 0 })
  })

  test('by a taker fills the order it names; undone, the order is looked at and opens again', async () => {
    const { order } = await mustPlace(market, seller, draft(market, seller.address, 'ask'))
    const trade = aTrade({ askHash: order.orderHash, seller: seller.address })
    await hear.trades(market, trade)
    expect(await look(order.orderHash)).toMatchObject({ state: 'filled', filled: 1 })
    await hear.trades(market, { ...trade, reverted: true })
    expect(await look(order.orderHash)).toMatchObject({ state: 'unfillable', hold: 'order.undone' })
    await recheckBatch(market.job())
    expect(await look(order.orderHash)).toMatchObject({ state: 'open', filled: 0 })
  })

  test('by a taker, before the order was placed here, is counted when it is', async () => {
    const order = draft(market, buyer.address, 'bid', { ...anyToken, maxFills: 3 })
    const { order: placed } = await mustPlace(market, buyer, order)
    await market.db.query('DELETE FROM signed_order')
    await hear.trades(market, aTrade({ bidHash: placed.orderHash }))
    const again = await mustPlace(market, buyer, order)
    expect(again.order).toMatchObject({ filled: 1, state: 'open' })
  })

  test('by a taker of a matched ask leaves the bid to the failure of its match', async () => {
    const { ask, bid, match } = await matched()
    await hear.trades(market, aTrade({ askHash: ask }))
    expect(await look(ask)).toMatchObject({ state: 'filled' })
    market.chain.usedNonces.add(`${seller.address}:${(await findOrders(market.db, [ask]))[0]?.signed.order.nonce}`)
    await hear.relayFailed(market, { requestId: match.requestId })
    expect(await look(ask)).toMatchObject({ state: 'filled', filled: 1, reserved: 0 })
    expect(await look(bid)).toMatchObject({ state: 'open', reserved: 0 })
  })
})

describe('a settlement that will not happen', () => {
  test('K7: gives both units back once, holds the order at fault and rematches the other', async () => {
    const { ask, bid, match } = await matched()
    giveMoney(market, buyer.address, 0n)
    const second = createTrader()
    giveMoney(market, second.address)
    const waiting = await mustPlace(market, second, draft(market, second.address, 'bid', { pricePerUnit: 11_000_000n }))
    await hear.relayFailed(market, { requestId: match.requestId, says: 'The buyer has no money.' })
    expect(await look(bid)).toMatchObject({ state: 'unfillable', reserved: 0, hold: 'order.funds' })
    expect(await look(ask)).toMatchObject({ state: 'settling', reserved: 1 })
    expect(await findMatch(market.db, match.requestId)).toMatchObject({
      state: 'failed',
      failure: 'The buyer has no money.',
    })
    const rematch = market.publishedOf('ordersMatched').at(-1)
    expect(rematch).toMatchObject({ askHash: ask, bidHash: waiting.order.orderHash, price: 10_000_000n })
    const before = await dump()
    await hear.relayFailed(market, { requestId: match.requestId })
    expect(await dump()).toEqual(before)
  })

  test('for no reason the chain can name makes the later order wait, not match at once for ever', async () => {
    const { ask, bid, match } = await matched()
    await hear.relayFailed(market, { requestId: match.requestId })
    expect(await look(ask)).toMatchObject({ state: 'open', reserved: 0 })
    expect(await look(bid)).toMatchObject({ state: 'unfillable', hold: 'order.settlement' })
    market.clock.now = new Date(market.clock.now.getTime() + 31_000)
    await recheckBatch(market.job())
    expect(await look(bid)).toMatchObject({ state: 'settling' })
    expect(market.publishedOf('ordersMatched')).toHaveLength(2)
  })

  test('of an order that has ended expires it', async () => {
    const { ask, bid, match } = await matched()
    market.clock.now = new Date(market.clock.now.getTime() + 3_601_000)
    await hear.relayFailed(market, { requestId: match.requestId })
    expect([(await look(ask)).state, (await look(bid)).state]).toEqual(['expired', 'expired'])
  })

  test('is none of the market’s business when it is a mint or unknown', async () => {
    await matched()
    const before = await dump()
    await hear.relayFailed(market, {})
    await hear.relayFailed(market, { work: 'mint' })
    expect(await dump()).toEqual(before)
  })

  test('after the trade was seen changes nothing', async () => {
    const { ask, match } = await matched()
    await hear.trades(market, tradeOf(match))
    await hear.relayFailed(market, { requestId: match.requestId })
    expect(await look(ask)).toMatchObject({ state: 'filled' })
    expect(await findMatch(market.db, match.requestId)).toMatchObject({ state: 'settled' })
  })

  test('that happened after all is settled by the trade', async () => {
    const { ask, bid, match } = await matched()
    await hear.relayFailed(market, { requestId: match.requestId })
    await hear.trades(market, tradeOf(match))
    expect([(await look(ask)).state, (await look(bid)).state]).toEqual(['filled', 'filled'])
    expect(await findMatch(market.db, match.requestId)).toMatchObject({ state: 'settled', failure: null })
  })
})

describe('a token that moves', () => {
  test('ends its listings for good, whoever owns it later', async () => {
    const { order } = await mustPlace(market, seller, draft(market, seller.address, 'ask'))
    await hear.transfers(market, aTransfer(seller.address, buyer.address, 2n))
    expect(await look(order.orderHash)).toMatchObject({ state: 'unfillable', hold: 'order.epoch' })
    await hear.transfers(market, aTransfer(buyer.address, seller.address, 3n))
    giveToken(market, seller.address, 5n, 3n)
    market.clock.now = new Date(market.clock.now.getTime() + 60_000)
    await recheckBatch(market.job())
    expect(await look(order.orderHash)).toMatchObject({ state: 'unfillable', hold: 'order.epoch' })
  })

  test('leaves orders signed for its epoch or for any, and closed ones stay what they are', async () => {
    giveToken(market, seller.address, 5n, 2n)
    const ask = await mustPlace(market, seller, draft(market, seller.address, 'ask', { tokenEpoch: 2n }))
    await hear.transfers(market, aTransfer(buyer.address, seller.address, 2n))
    expect(await look(ask.order.orderHash)).toMatchObject({ state: 'open' })
    const bid = await mustPlace(market, buyer, draft(market, buyer.address, 'bid', { pricePerUnit: 1n }))
    await hear.transfers(market, aTransfer(seller.address, buyer.address, 3n))
    expect(await look(bid.order.orderHash)).toMatchObject({ state: 'open' })
  })

  test('is known to orders that were checked just before', async () => {
    await hear.transfers(market, aTransfer(seller.address, buyer.address, 2n))
    await expect(mustPlace(market, seller, draft(market, seller.address, 'ask'))).rejects.toThrow('order.epoch')
  })

  test('and back by a reorg gets its listings looked at again', async () => {
    const { order } = await mustPlace(market, seller, draft(market, seller.address, 'ask'))
    const moved = aTransfer(seller.address, buyer.address, 2n)
    await hear.transfers(market, moved, { ...moved, reverted: true })
    await recheckBatch(market.job())
    expect(await look(order.orderHash)).toMatchObject({ state: 'open', hold: undefined })
  })

  test('by its own settlement does not disturb it, in whatever order the facts come', async () => {
    const { ask, match } = await matched()
    await hear.transfers(market, aTransfer(seller.address, buyer.address, 2n))
    expect(await look(ask)).toMatchObject({ state: 'settling' })
    await hear.trades(market, tradeOf(match))
    expect(await look(ask)).toMatchObject({ state: 'filled' })
  })

  test('into being has the orders on it looked at again', async () => {
    giveToken(market, seller.address, 6n)
    const bid = await mustPlace(market, buyer, draft(market, buyer.address, 'bid', onToken(6n)))
    const { order } = await mustPlace(market, buyer, draft(market, buyer.address, 'bid'))
    const asked = market.chain.asked()
    await hear.minted(market, seller.address)
    expect(await recheckBatch(market.job())).toBe(1)
    expect(market.chain.asked()).toBe(asked + 1)
    expect([await look(order.orderHash), await look(bid.order.orderHash)]).toMatchObject([
      { state: 'open' },
      { state: 'open' },
    ])
  })
})
