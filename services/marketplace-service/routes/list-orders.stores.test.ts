import { afterAll, beforeEach, expect, test } from 'vitest'
import { asAnyone, nothing, openMarket, type TestMarket } from '../testing/open-market.ts'
import { anyToken, createTrader, draft, giveMoney, giveToken, mustPlace, type Trader } from '../testing/traders.ts'
import { listOrders } from './list-orders.ts'

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

test('pages through orders without a repeat or a gap while new ones come', async () => {
  const hashes: string[] = []
  for (let price = 1n; price <= 5n; price += 1n) {
    const bid = draft(market, buyer.address, 'bid', { ...anyToken, pricePerUnit: price })
    hashes.unshift((await mustPlace(market, buyer, bid)).order.orderHash)
  }
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const query = { cursor, limit: 2, maker: buyer.address, tokenId: undefined, state: undefined }
    const answer = await listOrders({ ...nothing, query }, asAnyone(market))
    if (!answer.ok) throw new Error('refused')
    seen.push(...answer.value.items.map(({ orderHash }) => orderHash))
    cursor = answer.value.next ?? undefined
    await mustPlace(market, buyer, draft(market, buyer.address, 'bid', anyToken))
  } while (cursor !== undefined)
  expect(seen).toEqual(hashes)
})
