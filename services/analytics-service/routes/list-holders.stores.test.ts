import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ada, aTransfer, bob, COLLECTION } from '../testing/facts.ts'
import { type Analytics, openAnalytics } from '../testing/open-analytics.ts'

let service: Analytics
beforeAll(async () => {
  service = await openAnalytics()
  await service.hear(aTransfer(1, 1n, ada), aTransfer(2, 2n, bob), aTransfer(3, 3n, bob), aTransfer(4, 1n, bob))
  await service.hear(aTransfer(5, 2n, `0x${'0'.repeat(40)}`), aTransfer(6, 4n, ada))
})
afterAll(() => service?.close())

test('who a token went to last holds it, and a token that was burned nobody; most tokens first', async () => {
  const first = accepted(await service.call('listHolders', { query: { collection: COLLECTION, limit: 1 } }))
  expect(first.items).toEqual([{ address: bob, tokens: 2 }])
  const query = { collection: COLLECTION, limit: 1, cursor: first.next ?? '' }
  expect(accepted(await service.call('listHolders', { query }))).toEqual({
    items: [{ address: ada, tokens: 1 }],
    next: null,
  })
})

test('nobody holds anything of a collection that is not known', async () => {
  const unknown = await service.call('listHolders', { query: { collection: ada } })
  expect(accepted(unknown)).toEqual({ items: [], next: null })
})

test.each(['', 'x', 'bnVsbA', 'WzBd'])('refuses the cursor %j', async (cursor) => {
  expect(await service.call('listHolders', { query: { collection: COLLECTION, cursor } })).toMatchObject({
    status: 422,
    problem: { code: 'request.invalid' },
  })
})
