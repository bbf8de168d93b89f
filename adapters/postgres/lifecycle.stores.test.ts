import { afterEach, beforeEach, expect, test } from 'vitest'
import { openToyWorld, type ToyWorld } from './testing/toy-world.ts'

let world: ToyWorld
let onWrite: () => Promise<void>
beforeEach(async () => {
  onWrite = async () => undefined
  world = await openToyWorld(() => onWrite())
})
afterEach(() => world.close())

const getJson = async (url: string) => {
  const answer = await fetch(url)
  return { status: answer.status, body: (await answer.json()) as Readonly<Record<string, unknown>> }
}

test('a draining service finishes the request under way and takes no other', async () => {
  const inside = Promise.withResolvers<void>()
  const go = Promise.withResolvers<void>()
  onWrite = async () => {
    inside.resolve()
    await go.promise
  }
  const underWay = world.write()
  await inside.promise
  const stopped = world.stopWriter()
  await expect(fetch(`${world.writerUrl}/health/live`)).rejects.toThrow()
  go.resolve()
  expect(await underWay).toMatchObject({ status: 201, body: { n: 1 } })
  await stopped
})

test('status tells what was published, heard and is at work', async () => {
  await world.write()
  await world.write()
  const writer = await getJson(`${world.writerUrl}/internal/status`)
  expect(writer.body).toMatchObject({
    service: 'writer',
    ready: true,
    consumers: [],
    parked: [],
    jobs: [{ name: 'forgetIdempotencyKeys', state: 'running', lastError: null }],
    publishes: [
      { topic: 'noted', events: 2 },
      { topic: 'counted', events: 2 },
    ],
  })
  const hearer = await world.startHearer()
  const figures = async () => (await getJson(`${hearer.url}/internal/status`)).body.consumers
  await expect.poll(figures, { timeout: 10_000, interval: 20 }).toMatchObject([
    { topic: 'noted', publisher: 'writer', lag: 0, parkedKeys: 0, state: 'running', lastError: null },
    { topic: 'counted', publisher: 'writer', lag: 0, parkedKeys: 0, state: 'running', lastError: null },
  ])
})

test('metrics count what was published, heard and is still to be heard', async () => {
  await world.write()
  const hearer = await world.startHearer()
  const metricsOf = async (url: string) => (await fetch(`${url}/metrics`)).text()
  expect(await metricsOf(world.writerUrl)).toMatch(/events_appended_total\{.*topic="noted".*\} 1/)
  await expect
    .poll(() => metricsOf(hearer.url), { timeout: 10_000, interval: 20 })
    .toMatch(/events_handled_total\{.*topic="noted".*\} 1/)
  expect(await metricsOf(hearer.url)).toMatch(/events_lag\{.*topic="noted".*\} 0/)
})

test('a service whose database went away says that it is not ready and why', async () => {
  expect(await getJson(`${world.writerUrl}/health/ready`)).toEqual({ status: 200, body: { ready: true, reasons: [] } })
  await world.dropWriterDatabase()
  const ready = await getJson(`${world.writerUrl}/health/ready`)
  expect(ready.status).toBe(503)
  expect(ready.body).toMatchObject({ ready: false, reasons: [expect.stringMatching(/^store db: /)] })
  expect((await getJson(`${world.writerUrl}/health/live`)).status).toBe(200)
})

test('a consumer whose publisher is away says so and is ready all the same', async () => {
  await world.dropWriterDatabase()
  const hearer = await world.startHearer()
  const reasons = async () => (await getJson(`${hearer.url}/health/ready`)).body
  await expect
    .poll(reasons, { timeout: 10_000, interval: 20 })
    .toMatchObject({ ready: true, reasons: [expect.stringMatching(/^events of writer: /)] })
})
