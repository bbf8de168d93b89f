import { afterAll, beforeAll, expect, test } from 'vitest'
import { hear, tradeOf } from '../testing/facts.ts'
import { draft, mustPlace, openTrading, type Trading } from '../testing/traders.ts'

let market: Trading
beforeAll(async () => {
  market = await openTrading()
})
afterAll(() => market?.close())

const measured = async () => {
  const [settling] = await market.measure('matchesSettling')
  const [longest] = await market.measure('matchesLongestSettlingSeconds')
  const open = await market.measure('ordersOpen')
  return { settling: settling?.value, longest: longest?.value, open: open.map(({ value }) => value) }
}

test('gauges follow two orders from the book over their match to its settlement', async () => {
  const { seller, buyer } = market
  expect(await measured()).toEqual({ settling: 0, longest: 0, open: [0, 0] })
  await mustPlace(market, seller, draft(market, seller.address, 'ask'))
  expect(await measured()).toEqual({ settling: 0, longest: 0, open: [1, 0] })
  const { matches } = await mustPlace(market, buyer, draft(market, buyer.address, 'bid'))
  market.clock.now = new Date(market.clock.now.getTime() + 90_000)
  expect(await measured()).toEqual({ settling: 1, longest: 90, open: [0, 0] })
  for (const match of matches) await hear.trades(market, tradeOf(match))
  expect(await measured()).toEqual({ settling: 0, longest: 0, open: [0, 0] })
})
