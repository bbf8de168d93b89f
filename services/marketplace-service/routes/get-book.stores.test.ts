import { afterEach, beforeEach, expect, test } from 'vitest'
import { bookOf } from '../testing/look.ts'
import { anyToken, draft, giveToken, mustPlace, onToken, openTrading, type Trading } from '../testing/traders.ts'

let market: Trading
beforeEach(async () => {
  market = await openTrading()
})
afterEach(() => market?.close())

const bid = (changes: Parameters<typeof draft>[3]) =>
  mustPlace(market, market.buyer, draft(market, market.buyer.address, 'bid', changes))

test('shows bids on any token in the book of each token, best first, and keeps private orders to itself', async () => {
  await bid({ ...anyToken, pricePerUnit: 3n, maxFills: 4 })
  await bid({ pricePerUnit: 4n })
  await bid({ pricePerUnit: 3n })
  await bid({ pricePerUnit: 9n, taker: market.seller.address })
  expect((await bookOf(market)).bids).toEqual([
    { price: 4n, units: 1, orders: 1 },
    { price: 3n, units: 5, orders: 2 },
  ])
  expect((await bookOf(market, 6n)).bids).toEqual([{ price: 3n, units: 4, orders: 1 }])
})

test('shows a bid that only its taker may take to nobody, and its taker trades with it first', async () => {
  await bid({ pricePerUnit: 4n })
  await bid({ pricePerUnit: 9n, taker: market.seller.address })
  const ask = await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask', { pricePerUnit: 4n }))
  expect(ask.matches).toMatchObject([{ price: 9n }])
})

test('leaves out what has ended, and asks on other tokens', async () => {
  giveToken(market, market.seller.address, 6n)
  await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask', onToken(6n)))
  await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  expect((await bookOf(market)).asks).toEqual([{ price: 10_000_000n, units: 1, orders: 1 }])
  market.clock.now = new Date(market.clock.now.getTime() + 3_601_000)
  expect(await bookOf(market)).toMatchObject({ tokenId: 5n, asks: [], bids: [] })
})
