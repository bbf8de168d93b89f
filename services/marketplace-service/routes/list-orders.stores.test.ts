import { afterEach, beforeEach, expect, test } from 'vitest'
import { asAnyone, nothing } from '../testing/open-market.ts'
import { anyToken, draft, mustPlace, openTrading, type Trading } from '../testing/traders.ts'
import { listOrders } from './list-orders.ts'

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
    const query = { cursor, limit: 2, maker: market.buyer.address, tokenId: undefined, state: undefined }
    const answer = await listOrders({ ...nothing, query }, asAnyone(market))
    if (!answer.ok) throw new Error('refused')
    seen.push(...answer.value.items.map(({ orderHash }) => orderHash))
    cursor = answer.value.next ?? undefined
    await mustPlace(market, market.buyer, draft(market, market.buyer.address, 'bid', anyToken))
  } while (cursor !== undefined)
  expect(seen).toEqual(hashes)
})
