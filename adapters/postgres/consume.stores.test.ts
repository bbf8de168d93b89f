import { Fault } from '@knowton/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openToyWorld, type ToyWorld } from './testing/toy-world.ts'

let world: ToyWorld
beforeEach(async () => {
  world = await openToyWorld()
})
afterEach(() => world.close())

const poll = { timeout: 20_000, interval: 20 }

/** Each note heard, in the order of the effects: `topic book n`. */
const heard = async (topic = 'noted'): Promise<readonly string[]> => {
  const rows = await world.hearerDatabase.query<{ book: string; n: number }>(
    'SELECT book, n FROM heard WHERE topic = $1 ORDER BY place',
    [topic],
  )
  return rows.map(({ book, n }) => `${book}${n}`)
}

const writeMany = async (books: readonly string[]) => {
  for (const book of books) await world.write({ book })
}

type Status = {
  readonly consumers: readonly {
    readonly topic: string
    readonly lag: number
    readonly parkedKeys: number
    readonly state: string
  }[]
  readonly parked: readonly {
    readonly id: string
    readonly key: string
    readonly eventVersion: number
    readonly error: string
    readonly waiting: number
  }[]
}
const statusOf = async (url: string) => (await (await fetch(`${url}/internal/status`)).json()) as Status
const lagOf = async (url: string) => (await statusOf(url)).consumers.map((consumer) => consumer.lag)

test('facts published before and after a consumer starts reach it once each and in order', async () => {
  await writeMany(['a', 'b', 'a'])
  const hearer = await world.startHearer()
  await writeMany(['a', 'b'])
  await expect.poll(() => heard(), poll).toEqual(['a1', 'b1', 'a2', 'a3', 'b2'])
  await expect.poll(() => heard('counted'), poll).toEqual(['a1', 'b1', 'a2', 'a3', 'b2'])
  await expect.poll(() => lagOf(hearer.url), poll).toEqual([0, 0])
})

test('what a consumer publishes commits with its effect and carries on its cause and its trace', async () => {
  await world.startHearer()
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  await world.write({ traceparent })
  await expect.poll(() => heard(), poll).toEqual(['a1'])
  const [cause] = await world.writerDatabase.query<{ id: string }>(
    "SELECT id FROM events.log WHERE topic = 'noted'",
    [],
  )
  const echoed = await world.hearerDatabase.query('SELECT topic, causation_id, traceparent FROM events.log', [])
  expect(echoed).toEqual([{ topic: 'echoed', causation_id: cause?.id, traceparent }])
})

test('a failure that passes is tried again until it is over, and parks nothing', async () => {
  let failures = 0
  const hearer = await world.startHearer({
    onNoted: async () => {
      failures += 1
      if (failures <= 4) throw new Fault('toy.away', 'away', { retry: 'later' })
    },
  })
  await writeMany(['a', 'b'])
  await expect.poll(() => heard(), poll).toEqual(['a1', 'b1'])
  expect((await statusOf(hearer.url)).parked).toEqual([])
})

test('a fact that cannot be applied parks its key only; unparked, the key catches up in order', async () => {
  let isBroken = true
  const hearer = await world.startHearer({
    onNoted: async (book, n) => {
      if (isBroken && book === 'bad' && n === 2) throw new Error('cannot read this note')
    },
  })
  await writeMany(['bad', 'good', 'bad', 'good', 'bad', 'bad', 'good'])
  await expect.poll(() => heard(), poll).toEqual(['bad1', 'good1', 'good2', 'good3'])
  await expect.poll(() => lagOf(hearer.url), poll).toEqual([0, 0])
  const { parked, consumers } = await statusOf(hearer.url)
  expect(parked).toMatchObject([{ key: 'bad', eventVersion: 2, error: 'cannot read this note', waiting: 3 }])
  expect(consumers.map((consumer) => consumer.parkedKeys)).toEqual([1, 0])
  isBroken = false
  const answer = await fetch(`${hearer.url}/internal/parked/${parked[0]?.id}/unpark`, { method: 'POST' })
  expect(answer.status).toBe(202)
  await expect.poll(async () => (await heard()).slice(4), poll).toEqual(['bad2', 'bad3', 'bad4'])
  await expect.poll(async () => (await statusOf(hearer.url)).parked, poll).toEqual([])
  await world.write({ book: 'bad' })
  await expect.poll(async () => (await heard()).at(-1), poll).toBe('bad5')
})

test('a fact that fails again when unparked parks its key again, at that fact', async () => {
  const hearer = await world.startHearer({
    onNoted: async (_book, n) => {
      if (n >= 2) throw new Error(`note ${n} is bad`)
    },
  })
  await writeMany(['a', 'a', 'a'])
  await expect.poll(async () => (await statusOf(hearer.url)).parked.length, poll).toBe(1)
  const [first] = (await statusOf(hearer.url)).parked
  await fetch(`${hearer.url}/internal/parked/${first?.id}/unpark`, { method: 'POST' })
  const requested = () =>
    world.hearerDatabase.query('SELECT 1 FROM events.parked WHERE unpark_requested_at IS NULL', [])
  await expect.poll(async () => (await requested()).length, poll).toBe(1)
  expect((await statusOf(hearer.url)).parked).toMatchObject([
    { id: first?.id, eventVersion: 2, error: 'note 2 is bad' },
  ])
  expect(await heard()).toEqual(['a1'])
})

test('a fact that fails only at the COMMIT is parked, and unparked, like any other', async () => {
  const hearer = await world.startHearer()
  await writeMany(['banned', 'a', 'banned'])
  await expect.poll(() => heard(), poll).toEqual(['a1'])
  await expect.poll(() => heard('counted'), poll).toEqual(['a1'])
  await expect.poll(() => lagOf(hearer.url), poll).toEqual([0, 0])
  const { parked } = await statusOf(hearer.url)
  expect(parked).toMatchObject([
    { error: 'a banned book', eventVersion: 1, waiting: 2 },
    { error: 'a banned book', eventVersion: 1, waiting: 2 },
  ])
  await world.hearerDatabase.query('DELETE FROM banned', [])
  for (const { id } of parked) await fetch(`${hearer.url}/internal/parked/${id}/unpark`, { method: 'POST' })
  await expect.poll(() => heard(), poll).toEqual(['a1', 'banned1', 'banned2'])
  await expect.poll(async () => (await statusOf(hearer.url)).parked, poll).toEqual([])
})

test('in a batch the one fact that fails is found and the others are applied', async () => {
  const hearer = await world.startHearer({
    onCounted: async (notes) => {
      if (notes.some((note) => note.book === 'bad')) throw new Error('a bad book')
    },
  })
  await writeMany(['a', 'bad', 'b', 'a'])
  await expect.poll(() => heard('counted'), poll).toEqual(['a1', 'b1', 'a2'])
  await expect
    .poll(async () => (await statusOf(hearer.url)).parked, poll)
    .toMatchObject([{ key: 'bad', eventVersion: 1 }])
})

test('a fact of an unknown version or shape parks its key at once', async () => {
  await writeMany(['new', 'odd', 'a'])
  await world.writerDatabase.query("UPDATE events.log SET version = 2 WHERE key = 'new'")
  await world.writerDatabase.query(`UPDATE events.log SET payload = '{"book":1}' WHERE key = 'odd'`)
  const hearer = await world.startHearer()
  await expect.poll(() => heard(), poll).toEqual(['a1'])
  await expect
    .poll(async () => (await statusOf(hearer.url)).parked.map((parked) => parked.key).toSorted(), poll)
    .toEqual(['new', 'new', 'odd', 'odd'])
})

test('two processes of one consumer do not apply anything twice', async () => {
  await Promise.all([world.startHearer(), world.startHearer()])
  const expected: string[] = []
  for (let n = 1; n <= 60; n += 1) {
    await world.write({ book: 'shared' })
    expected.push(`shared${n}`)
  }
  await expect.poll(() => heard(), poll).toEqual(expected)
  await expect.poll(() => heard('counted'), poll).toEqual(expected)
})

test('facts that lie in the log in another order than their versions are applied in order', async () => {
  const { promise: begun, resolve } = Promise.withResolvers<void>()
  const { promise: until, resolve: go } = Promise.withResolvers<void>()
  const append = `INSERT INTO events.log (id, topic, version, key, aggregate_version, occurred_at, payload)
    VALUES (gen_random_uuid(), 'noted', 1, 'k', $1, now(), jsonb_build_object('book', 'k', 'n', $1::bigint, 'worth', '1'))`
  const early = world.writerDatabase.transaction(async (tx) => {
    await tx.query('SELECT pg_current_xact_id()', [])
    resolve()
    await until
    await tx.query(append, [2])
  })
  await begun
  await world.writerDatabase.query(append, [1])
  go()
  await early
  await world.startHearer()
  await expect.poll(() => heard(), poll).toEqual(['k1', 'k2'])
})
