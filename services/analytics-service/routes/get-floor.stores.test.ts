import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anAsk, bob, COLLECTION, CURRENCY } from '../testing/facts.ts'
import { type Analytics, openAnalytics } from '../testing/open-analytics.ts'

let service: Analytics
beforeAll(async () => {
  service = await openAnalytics()
})
afterAll(() => service?.close())

const floorOf = async (collection = COLLECTION) =>
  accepted(await service.call('getFloor', { query: { collection, currency: CURRENCY } }))

test('without an open ask there is no floor', async () => {
  expect(await floorOf()).toEqual({ floor: null, asks: 0 })
})

test('the floor is the cheapest open ask, the older one of equals; one that was cancelled does not count', async () => {
  const [dear, cheap, equal, gone] = [anAsk(1, 7n, 30n), anAsk(3, 8n, 20n), anAsk(2, 9n, 20n), anAsk(4, 10n, 10n)]
  await service.hear(dear, cheap, equal, gone)
  await service.hear(anAsk(4, 10n, 10n, 'cancelled'))
  expect(await floorOf()).toEqual({
    floor: { price: 20n, tokenId: 9n, orderHash: equal.payload.orderHash },
    asks: 3,
  })
  expect(await floorOf(bob)).toEqual({ floor: null, asks: 0 })
})

test('asks for a collection and a currency', async () => {
  expect(await service.call('getFloor', {})).toMatchObject({ status: 422, problem: { code: 'request.invalid' } })
})
