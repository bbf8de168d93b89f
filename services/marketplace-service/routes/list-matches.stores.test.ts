import { afterEach, beforeEach, expect, test } from 'vitest'
import { draft, mustPlace, openTrading, type Trading } from '../testing/traders.ts'

let market: Trading
beforeEach(async () => {
  market = await openTrading()
})
afterEach(() => market?.close())

test('lists the matches of an account', async () => {
  await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  await mustPlace(market, market.buyer, draft(market, market.buyer.address, 'bid'))
  const matches = await market.call('listMatches', { query: { account: market.seller.address } })
  expect(matches).toMatchObject({
    value: { items: [{ seller: market.seller.address, state: 'settling', finality: null }], next: null },
  })
})

test('refuses a cursor that it did not give out', async () => {
  for (const cursor of ['x', 'LTE', 'MDE', Buffer.from('99999999999999999999').toString('base64url')]) {
    const answer = await market.call('listMatches', { query: { cursor, limit: 2 } })
    expect(answer).toMatchObject({ status: 422, problem: { code: 'request.invalid' } })
  }
})
