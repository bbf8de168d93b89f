import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ada, aTrade, bob, timeOf } from '../testing/facts.ts'
import { type Analytics, openAnalytics } from '../testing/open-analytics.ts'

let service: Analytics
beforeAll(async () => {
  service = await openAnalytics()
  await service.hear(aTrade(2), aTrade(1, { tokenId: 8n }), aTrade(3, { buyer: ada, seller: bob, price: 3n }))
})
afterAll(() => service?.close())

test('answers with trades, the newest block first, page by page', async () => {
  const first = accepted(await service.call('listTrades', { query: { limit: 2 } }))
  expect(first.items[0]).toMatchObject({ at: timeOf(3), price: 3n, buyer: ada, seller: bob, finality: 'pending' })
  expect(first.items.map(({ at }) => at)).toEqual([timeOf(3), timeOf(2)])
  const second = accepted(await service.call('listTrades', { query: { limit: 2, cursor: first.next ?? '' } }))
  expect(second).toMatchObject({ items: [{ at: timeOf(1), tokenId: 8n }], next: null })
})

test('an account has the trades in which it is on either side', async () => {
  const ofBob = accepted(await service.call('listTrades', { query: { account: bob, tokenId: 7n } }))
  expect(ofBob.items.map(({ at }) => at)).toEqual([timeOf(3), timeOf(2)])
})

test.each(['', 'x', 'bnVsbA', '[1,2]', '[-1,0,"a"]'])('refuses the cursor %j', async (text) => {
  const cursor = text.startsWith('[') ? Buffer.from(text).toString('base64url') : text
  expect(await service.call('listTrades', { query: { cursor } })).toMatchObject({
    status: 422,
    problem: { code: 'request.invalid' },
  })
})
