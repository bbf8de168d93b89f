import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aClaim, ada, aPayment, aSplitter, bob, CURRENCY, SPLITTER, timeOf } from '../testing/facts.ts'
import { type Analytics, openAnalytics } from '../testing/open-analytics.ts'

let service: Analytics
beforeAll(async () => {
  service = await openAnalytics()
  await service.hear(aSplitter(1), aPayment(2, 1_001n), aClaim(3, 700n))
})
afterAll(() => service?.close())

test('tells the signed-in account its share of what came in, rounded down, and what is left of it', async () => {
  const place = { splitter: SPLITTER, currency: CURRENCY, tokenIds: [7n], received: 1_001n }
  expect(accepted(await service.call('getRoyaltyStatement', {}, { as: ada }))).toEqual({
    account: ada,
    items: [{ ...place, sharePpm: 750_000, earned: 750n, claimed: 700n, claimable: 50n }],
  })
  const ofBob = accepted(await service.call('getRoyaltyStatement', {}, { as: bob }))
  expect(ofBob.items).toEqual([{ ...place, sharePpm: 250_000, earned: 250n, claimed: 0n, claimable: 250n }])
})

test('a statement up to an instant knows nothing of what came later', async () => {
  const early = await service.call('getRoyaltyStatement', { query: { to: timeOf(3) } }, { as: ada })
  expect(accepted(early).items).toMatchObject([{ claimed: 0n }])
})

test('who has no part in any splitter has an empty statement, and nobody sees one without a sign-in', async () => {
  const stranger = `0x${'9'.repeat(40)}` as const
  expect(accepted(await service.call('getRoyaltyStatement', {}, { as: stranger })).items).toEqual([])
  expect(await service.call('getRoyaltyStatement', {})).toMatchObject({
    status: 401,
    problem: { code: 'auth.missing' },
  })
})
