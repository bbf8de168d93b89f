import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aTrade, bob, COLLECTION, CURRENCY, GENESIS, timeOf } from '../testing/facts.ts'
import { type Analytics, openAnalytics } from '../testing/open-analytics.ts'

let service: Analytics
beforeAll(async () => {
  service = await openAnalytics()
  await service.hear(
    aTrade(4, { price: 3n }),
    aTrade(0, { price: 5n }),
    aTrade(1, { price: 9n }),
    aTrade(61, { price: 4n }),
    aTrade(2, { price: 100n, currency: bob }),
  )
})
afterAll(() => service?.close())

const subject = { collection: COLLECTION, currency: CURRENCY }

test('a candle opens and closes in the order of the chain; an interval without trades has none', async () => {
  const { items } = accepted(await service.call('getCandles', { query: subject }))
  expect(items).toEqual([
    { start: GENESIS, open: 5n, high: 9n, low: 3n, close: 3n, volume: 17n, trades: 3 },
    { start: timeOf(60), open: 4n, high: 4n, low: 4n, close: 4n, volume: 4n, trades: 1 },
  ])
})

test('the interval and the window are as asked for', async () => {
  const daily = accepted(await service.call('getCandles', { query: { ...subject, interval: '1d', from: timeOf(1) } }))
  expect(daily.items).toEqual([{ start: GENESIS, open: 9n, high: 9n, low: 3n, close: 4n, volume: 16n, trades: 3 }])
  const wrong = { ...subject, interval: '2h' } as never
  expect(await service.call('getCandles', { query: wrong })).toMatchObject({ problem: { code: 'request.invalid' } })
  expect(await service.call('getCandles', { query: {} })).toMatchObject({ problem: { code: 'request.invalid' } })
})
