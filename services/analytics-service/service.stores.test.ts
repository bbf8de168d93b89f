import { rm } from 'node:fs/promises'
import { postgres } from '@knowton/adapters/postgres'
import { freshDatabase, silentLog } from '@knowton/adapters/postgres/testing'
import {
  API_PREFIX,
  appendFacts,
  prepareDatabase,
  runProcess,
  type TestProcess,
  testEnvironment,
} from '@knowton/kit/testing'
import { analyticsService } from '@knowton/system'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'
import type { Declared } from './ports.ts'
import * as model from './testing/model.ts'
import { freshWarehouse } from './testing/open-analytics.ts'
import { type StreamEvent, stream } from './testing/stream.ts'

const main = new URL('./main.ts', import.meta.url)
const { output } = analyticsService.routes.getVolume

/** One random log: the same for every run, and long. */
const log = fc.sample(stream, { numRuns: 8, seed: 7 }).toSorted((a, b) => b.length - a.length)[0] ?? []

const volume = async (service: TestProcess) => {
  await service.caughtUp()
  const answer = await fetch(`${await service.url()}${API_PREFIX}/analytics/volume`)
  return z.decode(output, (await answer.json()) as z.input<typeof output>)
}

test('a kill in the middle, a lost warehouse and a restart leave the numbers of the log', async () => {
  const stores = { db: await freshDatabase(), warehouse: await freshWarehouse() }
  const environment = testEnvironment(analyticsService, { stores })
  const { store: db, close } = await postgres({ url: stores.db.url, serviceName: 'test', log: silentLog })
  await prepareDatabase(db)
  const publish = (events: readonly StreamEvent[]) =>
    appendFacts<Declared>(
      analyticsService,
      db,
      events.map(({ topic, event }) => ({ topic, payload: event.payload }) as never),
    )

  const half = Math.floor(log.length / 2)
  await publish(log.slice(0, half))
  await using first = runProcess(main, environment)
  expect(await volume(first)).toEqual({ items: model.volumeOf(log.slice(0, half), {}) })
  await publish(log.slice(half))
  await first.end('SIGKILL')

  await using second = runProcess(main, environment)
  expect(await volume(second)).toEqual({ items: model.volumeOf(log, {}) })
  expect(await second.end('SIGTERM')).toMatchObject({ code: 0 })

  await rm(stores.warehouse.folder, { recursive: true })
  await using third = runProcess(main, environment)
  expect(await volume(third)).toEqual({ items: model.volumeOf(log, {}) })
  expect(await third.end('SIGTERM')).toMatchObject({ code: 0 })

  await close()
  await stores.db.close()
  await stores.warehouse.close()
})
