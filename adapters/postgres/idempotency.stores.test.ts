import { afterAll, beforeAll, expect, test } from 'vitest'
import { openToyWorld, type ToyWorld } from './testing/toy-world.ts'

let world: ToyWorld
let onWrite: (book: string) => Promise<void> = async () => undefined
beforeAll(async () => {
  world = await openToyWorld((book) => onWrite(book))
})
afterAll(() => world.close())

const published = async (book: string) => {
  const rows = await world.writerDatabase.query("SELECT 1 FROM events.log WHERE topic = 'noted' AND key = $1", [book])
  return rows.length
}

test('the same request under one key is carried out once and answered the same', async () => {
  const first = await world.write({ book: 'once', key: 'k1', body: { worth: '1' } })
  const again = await world.write({ book: 'once', key: 'k1', body: { worth: '1' } })
  expect([first.status, first.body, first.headers.get('idempotency-replayed')]).toEqual([201, { n: 1 }, null])
  expect([again.status, again.body, again.headers.get('idempotency-replayed')]).toEqual([201, { n: 1 }, 'true'])
  expect(await published('once')).toBe(1)
})

test('a key is bound to its request and its account', async () => {
  await world.write({ book: 'bound', key: 'k2', body: { worth: '1' } })
  const other = await world.write({ book: 'bound', key: 'k2', body: { worth: '2' } })
  expect([other.status, other.body.code]).toEqual([409, 'idempotency.reused'])
  const elsewhere = await world.write({ book: 'elsewhere', key: 'k2', body: { worth: '1' } })
  expect(elsewhere.body.code).toBe('idempotency.reused')
  const account = `eip155:1:0x${'cd'.repeat(20)}`
  expect((await world.write({ book: 'bound', key: 'k2', body: { worth: '1' }, account })).body).toEqual({ n: 2 })
})

test('the order of fields does not make another request', async () => {
  await world.write({ book: 'order', key: 'k3', body: { worth: '1', refused: false } })
  const again = await world.write({ book: 'order', key: 'k3', body: { refused: false, worth: '1' } })
  expect(again.headers.get('idempotency-replayed')).toBe('true')
})

test('a refusal and a fault undo everything and store nothing', async () => {
  const refused = await world.write({ book: 'undone', key: 'k4', body: { worth: '1', refused: true } })
  expect([refused.status, refused.body.code]).toEqual([409, 'note.refused'])
  const failed = await world.write({ book: 'undone', key: 'k5', body: { worth: '1', fails: true } })
  expect([failed.status, failed.body.code]).toEqual([500, 'internal.fault'])
  expect(await published('undone')).toBe(0)
  expect((await world.write({ book: 'undone', key: 'k4', body: { worth: '1' } })).body).toEqual({ n: 1 })
})

test('a key is needed, of visible ASCII', async () => {
  expect((await world.write({ key: '' })).body.code).toBe('idempotency.missing')
  expect((await world.write({ key: 'a b' })).status).toBe(422)
  expect((await world.write({ key: 'a'.repeat(201) })).status).toBe(422)
})

test('while a request is under way the same one is told to wait, and then gets its answer', async () => {
  const inside = Promise.withResolvers<void>()
  const go = Promise.withResolvers<void>()
  onWrite = async () => {
    inside.resolve()
    await go.promise
  }
  const first = world.write({ book: 'busy', key: 'k6' })
  await inside.promise
  onWrite = async () => undefined
  const meanwhile = await world.write({ book: 'busy', key: 'k6' })
  expect([meanwhile.status, meanwhile.body.code, meanwhile.headers.get('retry-after')]).toEqual([
    409,
    'idempotency.running',
    '1',
  ])
  go.resolve()
  expect((await first).body).toEqual({ n: 1 })
  expect((await world.write({ book: 'busy', key: 'k6' })).body).toEqual({ n: 1 })
})

test('of many concurrent requests under one key exactly one takes effect', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => world.write({ book: 'race', key: 'k7' })))
  const codes = new Set(answers.map((answer) => answer.body.code ?? answer.body.n))
  expect([...codes].filter((code) => code !== 'idempotency.running')).toEqual([1])
  expect(await published('race')).toBe(1)
})
