import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgres } from '@knowton/adapters/postgres'
import { freshDatabase, silentLog } from '@knowton/adapters/postgres/testing'
import type { Database } from '@knowton/kit'
import { appendNow, prepareDatabase } from '@knowton/kit/testing'
import { analyticsService } from '@knowton/system'
import * as fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import * as model from './testing/model.ts'
import { endServices, type RunningService, runService } from './testing/running-service.ts'
import { accounts, collections, type StreamEvent, stream } from './testing/stream.ts'

const { consumes, routes } = analyticsService
const API = '/api/v1'

type Opened = Awaited<ReturnType<typeof postgres>>
let folder: string
let publisherDatabase: Awaited<ReturnType<typeof freshDatabase>>
let ownDatabase: Awaited<ReturnType<typeof freshDatabase>>
let opened: Opened
let publisher: Database
/** One random log for the whole file: the same for every run of a seed, and long. */
const log = fc.sample(stream, { numRuns: 8, seed: 7 }).toSorted((a, b) => b.length - a.length)[0] ?? []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knowton-analytics-'))
  publisherDatabase = await freshDatabase()
  ownDatabase = await freshDatabase()
  opened = await postgres({ url: publisherDatabase.url, serviceName: 'publisher', log: silentLog })
  publisher = opened.store
  await prepareDatabase(publisher)
})
afterAll(async () => {
  await opened.close()
  await Promise.all([publisherDatabase.close(), ownDatabase.close()])
  await rm(folder, { recursive: true, force: true })
})

/** Publishes as the owner of the topic would: the payload in its wire form. */
const publish = (events: readonly StreamEvent[]) =>
  publisher.transaction((tx) =>
    appendNow(
      tx,
      events.map(({ topic, event }) => ({
        topic: consumes[topic].name,
        key: event.key,
        payload: z.encode(consumes[topic].payload as z.ZodType, event.payload),
      })),
    ),
  )

const start = () => runService(ownDatabase.url, join(folder, 'warehouse'), publisherDatabase.url)
afterEach(endServices)

const get = async (service: RunningService, path: string) => fetch(`${service.url}${API}${path}`)
const volume = async (service: RunningService) => {
  const answer = await get(service, '/analytics/volume')
  return z.decode(routes.getVolume.output, (await answer.json()) as z.input<typeof routes.getVolume.output>)
}

test('a kill in the middle, a lost warehouse and a restart leave the numbers of the log', async () => {
  const half = Math.floor(log.length / 2)
  await publish(log.slice(0, half))
  const first = await start()
  await first.caughtUp()
  expect(await volume(first)).toEqual({ items: model.volumeOf(log.slice(0, half), {}) })

  await publish(log.slice(half))
  await first.kill('SIGKILL')
  const second = await start()
  await second.caughtUp()
  expect(await volume(second)).toEqual({ items: model.volumeOf(log, {}) })
  expect(await second.kill('SIGTERM')).toBe(0)

  await rm(join(folder, 'warehouse'), { recursive: true })
  const third = await start()
  await third.caughtUp()
  expect(await volume(third)).toEqual({ items: model.volumeOf(log, {}) })
  expect(await third.kill('SIGTERM')).toBe(0)
})

test('every public route answers in its declared shape, refuses a strange cursor, and the statement asks for a sign-in', async () => {
  const service = await start()
  await service.caughtUp()
  const subject = `collection=${collections[0]}`
  const currency = `currency=${accounts[0]}`
  const answers = await Promise.all(
    [
      ['/analytics/trades?limit=3', routes.listTrades.output] as const,
      [`/analytics/candles?${subject}&${currency}&interval=1d`, routes.getCandles.output] as const,
      [`/analytics/floor?${subject}&${currency}`, routes.getFloor.output] as const,
      [`/analytics/holders?${subject}`, routes.listHolders.output] as const,
      ['/analytics/royalty-books?limit=1', routes.listRoyaltyBooks.output] as const,
    ].map(async ([path, output]) => {
      const answer = await get(service, path)
      return [answer.status, z.safeDecode(output as z.ZodType, await answer.json()).success]
    }),
  )
  const refusals = await Promise.all(
    ['trades?cursor=!', `holders?${subject}&cursor=WzBd`, 'royalty-books?cursor=e30', 'royalties'].map(
      async (path) => (await get(service, `/analytics/${path}`)).status,
    ),
  )
  expect(answers).toEqual(answers.map(() => [200, true]))
  expect(refusals).toEqual([422, 422, 422, 401])
  expect(await service.kill('SIGTERM')).toBe(0)
})
