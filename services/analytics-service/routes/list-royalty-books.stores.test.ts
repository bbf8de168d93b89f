import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aClaim, ada, aPayment, aSplitter, bob, CURRENCY, SPLITTER } from '../testing/facts.ts'
import { type Analytics, openAnalytics } from '../testing/open-analytics.ts'

const OTHER = `0x${'f'.repeat(40)}` as const

let service: Analytics
beforeAll(async () => {
  service = await openAnalytics()
  await service.hear(aSplitter(1), aPayment(2, 1_000n), aClaim(3, 700n), aSplitter(4, OTHER))
})
afterAll(() => service?.close())

test('answers with the book of every splitter, by address, page by page', async () => {
  const first = accepted(await service.call('listRoyaltyBooks', { query: { limit: 1 } }))
  const positions = [
    { position: 0, holder: ada, sharePpm: 750_000 },
    { position: 1, holder: bob, sharePpm: 250_000 },
  ]
  expect(first.items).toEqual([
    {
      splitter: SPLITTER,
      positions,
      currencies: [
        {
          currency: CURRENCY,
          received: 1_000n,
          positions: [
            { position: 0, claimed: 700n, claimable: 50n },
            { position: 1, claimed: 0n, claimable: 250n },
          ],
        },
      ],
    },
  ])
  const second = accepted(await service.call('listRoyaltyBooks', { query: { limit: 1, cursor: first.next ?? '' } }))
  expect(second).toEqual({ items: [{ splitter: OTHER, positions, currencies: [] }], next: null })
})

test('refuses a cursor that names no splitter', async () => {
  expect(await service.call('listRoyaltyBooks', { query: { cursor: 'e30' } })).toMatchObject({
    status: 422,
    problem: { code: 'request.invalid' },
  })
})
