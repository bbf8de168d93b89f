import { afterAll, beforeAll, expect, test } from 'vitest'
import { hear, tradeOf } from '../testing/facts.ts'
import { openMarket, type TestMarket } from '../testing/open-market.ts'
import { createTrader, draft, giveMoney, giveToken, mustPlace } from '../testing/traders.ts'
import { matchesLongestSettlingSeconds, matchesSettling, ordersOpen } from './market-gauges.ts'

let market: TestMarket
beforeAll(async () => {
  market = await openMarket()
})
afterAll(() => market?.close())

const measured = async (secondsLater: number) => {
  const now = new Date(market.clock.now.getTime() + secondsLater * 1000)
  const context = { ports: market.ports, now, signal: new AbortController().signal }
  const [settling] = await matchesSettling(context)
  const [longest] = await matchesLongestSettlingSeconds(context)
  const open = await ordersOpen(context)
  return { settling: settling?.value, longest: longest?.value, open: open.map(({ value }) => value) }
}

test('gauges follow two orders from the book over their match to its settlement', async () => {
  const [seller, buyer] = [createTrader(), createTrader()]
  giveToken(market, seller.address)
  giveMoney(market, buyer.address)
  expect(await measured(0)).toEqual({ settling: 0, longest: 0, open: [0, 0] })
  await mustPlace(market, seller, draft(market, seller.address, 'ask'))
  expect(await measured(0)).toEqual({ settling: 0, longest: 0, open: [1, 0] })
  const { matches } = await mustPlace(market, buyer, draft(market, buyer.address, 'bid'))
  expect(await measured(90)).toEqual({ settling: 1, longest: 90, open: [0, 0] })
  for (const match of matches) await hear.trades(market, tradeOf(match))
  expect(await measured(90)).toEqual({ settling: 0, longest: 0, open: [0, 0] })
})
