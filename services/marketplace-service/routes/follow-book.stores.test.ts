import { afterEach, beforeEach, expect, test } from 'vitest'
import { anyToken, draft, giveToken, mustPlace, onToken, openTrading, type Trading } from '../testing/traders.ts'

let market: Trading
beforeEach(async () => {
  market = await openTrading()
})
afterEach(() => market?.close())

test('streams the changes of the orders on a token, those of bids on any token too, from the request on', async () => {
  giveToken(market, market.seller.address, 6n)
  const { seller, buyer } = market
  await mustPlace(market, seller, draft(market, seller.address, 'ask', { pricePerUnit: 20_000_000n }))
  const followed = await market.handle('followBook', { params: { tokenId: 5n } })
  if (!followed.ok) throw new Error('refused')
  await mustPlace(market, seller, draft(market, seller.address, 'ask', onToken(6n)))
  const any = await mustPlace(market, buyer, draft(market, buyer.address, 'bid', { ...anyToken, pricePerUnit: 1n }))
  const bid = await mustPlace(market, buyer, draft(market, buyer.address, 'bid'))
  const seen: unknown[] = []
  for await (const { orderHash, side, state } of followed.value) {
    seen.push([orderHash, side, state])
    if (seen.length === 2) break
  }
  expect(seen).toEqual([
    [any.order.orderHash, 'bid', 'open'],
    [bid.order.orderHash, 'bid', 'open'],
  ])
})
