import type { Hex } from '@knowton/core'
import { statusOf } from '@knowton/domain/market'
import { accepted } from '@knowton/kit/testing'
import { findOrders } from '../orders/order-store.ts'
import { TEST_USD, type TestMarket } from './open-market.ts'
import { draft, mustPlace, type Trading } from './traders.ts'

/** How an order stands by the tables. */
export const look = async (market: TestMarket, orderHash: Hex) => {
  const [record] = await findOrders(market.db, [orderHash])
  if (record === undefined) throw new RangeError(orderHash)
  const { filled, reserved, hold } = record.fillState
  return { state: statusOf(record.fillState), filled, reserved, hold: hold?.code }
}

/** The book of a token in tUSD. */
export const bookOf = async (market: TestMarket, tokenId = 5n) =>
  accepted(await market.call('getBook', { params: { tokenId }, query: { currency: TEST_USD } }))

/** An ask and a bid that are matched. */
export const matched = async (market: Trading) => {
  const { seller, buyer } = market
  const ask = await mustPlace(market, seller, draft(market, seller.address, 'ask'))
  const bid = await mustPlace(market, buyer, draft(market, buyer.address, 'bid'))
  const [match] = bid.matches
  if (match === undefined) throw new Error('no match')
  return { ask: ask.order.orderHash, bid: bid.order.orderHash, match }
}

/** Everything that facts of the chain may change. */
export const dump = async ({ db }: TestMarket) => ({
  orders: await db.query(
    'SELECT order_hash, state, filled, reserved, closed, hold_code FROM signed_order ORDER BY order_hash',
  ),
  matches: await db.query('SELECT request_id, state, finality, failure FROM order_match ORDER BY request_id'),
  trades: await db.query('SELECT * FROM chain_trade ORDER BY fact_id'),
})
