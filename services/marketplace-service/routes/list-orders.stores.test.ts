import { accepted } from '@knowton/kit/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anyToken, draft, mustPlace, openTrading, type Trading } from '../testing/traders.ts'

let market: Trading
beforeEach(async () => {
  market = await openTrading()
})
afterEach(() => market?.close())

test('pages through orders without a repeat or a gap while new ones come', async () => {
  const hashes: string[] = []
  for (let price = 1n; price <= 5n; price += 1n) {
    const bid = draft(market, market.buyer.address, 'bid', { ...anyToken, pricePerUnit: price })
    hashes.unshift((await mustPlace(market, market.buyer, bid)).order.orderHash)
  }
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const query = { cursor, limit: 2, maker: market.buyer.address }
    const page = accepted(await market.call('listOrders', { query }))
    seen.push(...page.items.map(({ orderHash }) => orderHash))
    cursor = page.next ?? undefined
    await mustPlace(market, market.buyer, draft(market, market.buyer.address, 'bid', anyToken))
  } while (cursor !== undefined)
  expect(seen).toEqual(hashes)
})

test('lists the orders of a token in one state', async () => {
  await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  const bid = await mustPlace(market, market.buyer, draft(market, market.buyer.address, 'bid', { pricePerUnit: 1n }))
  await market.call('cancelOrder', { params: { orderHash: bid.order.orderHash } }, { as: market.buyer.address })
  const listed = accepted(await market.call('listOrders', { query: { tokenId: 5n, state: 'cancelled' } }))
  expect(listed.items.map(({ orderHash }) => orderHash)).toEqual([bid.order.orderHash])
  expect(accepted(await market.call('listOrders', { query: { tokenId: 6n } })).items).toEqual([])
})

test('refuses a cursor that it did not give out', async () => {
  const answer = await market.call('listOrders', { query: { cursor: 'nonsense' } })
  expect(answer).toMatchObject({ status: 422, problem: { code: 'request.invalid' } })
})
