import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aTrade, bob, COLLECTION, CURRENCY, timeOf } from '../testing/facts.ts'
import { type Analytics, openAnalytics } from '../testing/open-analytics.ts'

let service: Analytics
beforeAll(async () => {
  service = await openAnalytics()
})
afterAll(() => service?.close())

test('sums the trades that stand, each once, per currency', async () => {
  expect(await service.call('getVolume', {})).toMatchObject({ status: 200, value: { items: [] } })
  const undone = aTrade(3)
  await service.hear(aTrade(1), aTrade(2, { price: 2n ** 256n - 1n, currency: bob }), undone)
  await service.hear({ ...aTrade(1), payload: { ...aTrade(1).payload, finality: 'finalized' } })
  await service.hear({ ...undone, payload: { ...undone.payload, reverted: true } })
  expect(accepted(await service.call('getVolume', {}))).toEqual({
    items: [
      { currency: bob, trades: 1, volume: 2n ** 256n - 1n, fees: 10n, royalties: 50n },
      { currency: CURRENCY, trades: 1, volume: 1_000n, fees: 10n, royalties: 50n },
    ],
  })
})

test('counts from the beginning of a window to before its end, and only what is asked for', async () => {
  const volumeOf = async (query: object) => {
    const answer = await service.call('getVolume', { query })
    return answer.ok ? answer.value.items.map(({ trades }) => trades) : []
  }
  expect(await volumeOf({ from: timeOf(1), to: timeOf(2) })).toEqual([1])
  expect(await volumeOf({ from: timeOf(1), to: timeOf(1) })).toEqual([])
  expect(await volumeOf({ collection: COLLECTION, tokenId: 7n })).toEqual([1, 1])
  expect(await volumeOf({ tokenId: 8n })).toEqual([])
  expect(await service.call('getVolume', { query: { from: 'yesterday' } })).toMatchObject({
    status: 422,
    problem: { code: 'request.invalid' },
  })
})
