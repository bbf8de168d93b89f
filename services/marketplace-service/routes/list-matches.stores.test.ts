import { afterEach, beforeEach, expect, test } from 'vitest'
import { asAnyone, nothing } from '../testing/open-market.ts'
import { draft, mustPlace, openTrading, type Trading } from '../testing/traders.ts'
import { listMatches } from './list-matches.ts'

let market: Trading
beforeEach(async () => {
  market = await openTrading()
})
afterEach(() => market?.close())

test('refuses a cursor that it did not give out', async () => {
  for (const cursor of ['x', 'LTE', 'MDE', Buffer.from('99999999999999999999').toString('base64url')]) {
    const query = { cursor, limit: 2, tokenId: undefined, account: undefined }
    await expect(listMatches({ ...nothing, query }, asAnyone(market))).rejects.toMatchObject({
      code: 'request.invalid',
    })
  }
})

test('lists the matches of an account', async () => {
  await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  await mustPlace(market, market.buyer, draft(market, market.buyer.address, 'bid'))
  const query = { cursor: undefined, limit: 20, tokenId: undefined, account: market.seller.address }
  expect(await listMatches({ ...nothing, query }, asAnyone(market))).toMatchObject({
    value: { items: [{ seller: market.seller.address, state: 'settling', finality: null }], next: null },
  })
})
