import { afterAll, beforeEach, expect, test } from 'vitest'
import { asAnyone, nothing, openMarket, type TestMarket } from '../testing/open-market.ts'
import { createTrader, draft, giveMoney, giveToken, mustPlace, type Trader } from '../testing/traders.ts'
import { listMatches } from './list-matches.ts'

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

test('refuses a cursor that it did not give out', async () => {
  for (const cursor of ['x', 'LTE', 'MDE', Buffer.from('99999999999999999999').toString('base64url')]) {
    const query = { cursor, limit: 2, tokenId: undefined, account: undefined }
    await expect(listMatches({ ...nothing, query }, asAnyone(market))).rejects.toMatchObject({
      code: 'request.invalid',
    })
  }
})

test('lists the matches of an account', async () => {
  await mustPlace(market, seller, draft(market, seller.address, 'ask'))
  await mustPlace(market, buyer, draft(market, buyer.address, 'bid'))
  const query = { cursor: undefined, limit: 20, tokenId: undefined, account: seller.address }
  expect(await listMatches({ ...nothing, query }, asAnyone(market))).toMatchObject({
    value: { items: [{ seller: seller.address, state: 'settling', finality: null }], next: null },
  })
})
