import { accepted, openService, runProcess, type TestService, testEnvironment } from '@knowton/kit/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { freshDatabase } from './testing/fresh-database.ts'
import { type HearerPorts, hearer, hearerOf, writer, writerOf } from './testing/toy-service.ts'

const ada = `0x${'ab'.repeat(20)}` as const
const start = new Date('2031-05-01T12:00:00Z')
const heardBy: string[] = []
const hear: HearerPorts = {
  onNoted: async (book, n) => {
    if (n === 13) throw new Error('thirteen is not heard')
    heardBy.push(`${book} ${n}`)
  },
  onCounted: async () => undefined,
}

let writing: TestService<typeof writer, { readonly onWrite: (book: string) => Promise<void> }>
let hearing: TestService<typeof hearer, HearerPorts>
beforeAll(async () => {
  writing = await openService(writer, writerOf(), { stores: { db: await freshDatabase() }, now: start })
  hearing = await openService(hearer, hearerOf(hear), { stores: { db: await freshDatabase() } })
})
afterAll(async () => {
  await writing?.close()
  await hearing?.close()
})
beforeEach(() => void heardBy.splice(0))

const noted = (n: number, book = 'a') => ({ topic: 'noted', payload: { book, n, worth: '1' } }) as const

test('a route is called by its name, signed in at the time of the clock, and answers in its declared shape', async () => {
  const input = { params: { book: 'called/twice' }, body: { worth: '1' } }
  expect(accepted(await writing.call('write', input, { as: ada }))).toEqual({ n: 1 })
  expect(await writing.call('write', input)).toMatchObject({ status: 401, problem: { code: 'auth.missing' } })
  const refused = await writing.call('write', { ...input, body: { worth: '1', refused: true } }, { as: ada })
  expect(refused).toMatchObject({ ok: false, status: 409, problem: { code: 'note.refused' } })
  expect(() => accepted(refused)).toThrow('409 note.refused')
  expect(await writing.published('noted', 'called/twice')).toEqual([{ book: 'called/twice', n: 1, worth: '1' }])
})

test('a request that fits no route is sent as it is', async () => {
  const malformed = await writing.send('POST /books/sent/notes', { as: ada, body: { worth: 1 } })
  expect(malformed).toMatchObject({ status: 422, json: { code: 'request.invalid' } })
})

test('what a handler did and published is there when it answers, and gone when it refuses or throws', async () => {
  const input = { params: { book: 'handled' }, body: { worth: '1' } }
  expect(await writing.handle('write', input, ada)).toEqual({ ok: true, value: { n: 1 } })
  const refused = await writing.handle('write', { ...input, body: { worth: '2', refused: true } }, ada)
  expect(refused).toEqual({ ok: false, refusal: { kind: 'note.refused' } })
  await expect(writing.handle('write', { ...input, body: { worth: '3', fails: true } }, ada)).rejects.toThrow('fails')
  expect(await writing.handle('write', input, ada)).toEqual({ ok: true, value: { n: 2 } })
  expect(await writing.published('noted', 'handled')).toHaveLength(2)
  await expect(writing.handle('write', input)).rejects.toThrow(RangeError)
})

test('a consumer applies facts in one transaction, or none of them', async () => {
  await hearing.consume(noted(1, 'one'), noted(2, 'one'))
  expect(await hearing.published('echoed', 'one')).toHaveLength(2)
  await expect(hearing.consume(noted(12, 'none'), noted(13, 'none'))).rejects.toThrow('thirteen is not heard')
  expect(await hearing.published('echoed', 'none')).toEqual([])
})

test('facts that are told have taken effect when they are heard; one that is parked is told', async () => {
  await hearing.hear(noted(1), noted(2), { topic: 'counted', payload: { book: 'a', n: 1, worth: '1' } })
  expect(heardBy).toEqual(['a 1', 'a 2'])
  await expect(hearing.hear(noted(13))).rejects.toThrow('noted a is parked: thirteen is not heard')
})

test('a process that cannot start says why, and one that runs can be killed', async () => {
  const main = new URL('./testing/hearer-main.ts', import.meta.url)
  const store = await freshDatabase()
  await using wrong = runProcess(main, {})
  await expect(wrong.url()).rejects.toThrow('the process ended')
  expect(await wrong.ended()).toMatchObject({ code: 78, stderr: expect.stringContaining('STORE_DB_URL is missing') })
  await using running = runProcess(main, testEnvironment(hearer, { stores: { db: store } }))
  await running.caughtUp()
  expect(await running.end('SIGKILL')).toMatchObject({ code: null, signal: 'SIGKILL' })
  await store.close()
})
