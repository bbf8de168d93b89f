import { appendNow, behavesAsEventSource, type NewFact, openOutbox, prepareDatabase } from '@knowton/kit/testing'
import { expect, test } from 'vitest'
import { openDatabase } from './postgres-database.ts'
import { postgresEvents } from './postgres-events.ts'
import { freshDatabase } from './testing/fresh-database.ts'
import { openLog } from './testing/open-log.ts'
import { silentLog } from './testing/silent-log.ts'

behavesAsEventSource(openLog)

const fact = (key: string, n: number): NewFact => ({ topic: 'a', key, payload: { n } })

/** A transaction that a test holds open: `begun` resolves when its work is done but not committed. */
const hold = (transaction: (until: Promise<void>, begun: () => void) => Promise<void>) => {
  const begun = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const done = transaction(release.promise, begun.resolve)
  return { begun: begun.promise, commit: () => Promise.all([release.resolve(), done]) }
}

test('a fact of a transaction that stays open is not skipped by facts committed meanwhile', async () => {
  const { database, source, append, close } = await openLog()
  const long = hold((until, begun) =>
    database.transaction(async (tx) => {
      await appendNow(tx, [fact('slow', 1)])
      begun()
      await until
    }),
  )
  await long.begun
  await append([fact('fast', 2)])
  expect(await source.read(['a'], undefined, 10)).toEqual([])
  await long.commit()
  const events = await source.read(['a'], undefined, 10)
  expect(events.map((event) => event.key)).toEqual(['slow', 'fast'])
  await close()
})

test('an uncommitted write of anything holds facts back only until it ends', async () => {
  const { database, source, append, close } = await openLog()
  await append([fact('early', 1)])
  const long = hold((until, begun) =>
    database.transaction(async (tx) => {
      await tx.query('SELECT pg_current_xact_id()', [])
      begun()
      await until
    }),
  )
  await long.begun
  await append([fact('late', 2)])
  expect((await source.read(['a'], undefined, 10)).map((event) => event.key)).toEqual(['early'])
  await long.commit()
  expect((await source.read(['a'], undefined, 10)).map((event) => event.key)).toEqual(['early', 'late'])
  await close()
})

test('a transaction that began early and appended late lies earlier in the log, and its key can be read in order', async () => {
  const { database, source, append, close } = await openLog()
  const early = hold((until, begun) =>
    database.transaction(async (tx) => {
      await tx.query('SELECT pg_current_xact_id()', [])
      begun()
      await until
      await appendNow(tx, [fact('k', 2)])
    }),
  )
  await early.begun
  await append([fact('k', 1)])
  await early.commit()
  const events = await source.read(['a'], undefined, 10)
  expect(events.map((event) => event.aggregateVersion)).toEqual([2, 1])
  const ordered = await source.readKey('a', 'k', 1, 2)
  expect(ordered.map((event) => event.payload)).toEqual([{ n: 1 }, { n: 2 }])
  await close()
})

test('a transaction that rolls back publishes nothing and uses up no version', async () => {
  const { database, source, close } = await openLog()
  const { database: outboxed, publishFrom } = openOutbox(database, ['a'])
  const publish = publishFrom({})
  const failed = outboxed.transaction(async (tx) => {
    await publish(tx, 'a', { key: 'k', n: 1 })
    throw new Error('changed my mind')
  })
  await expect(failed).rejects.toThrow('changed my mind')
  await outboxed.transaction((tx) => publish(tx, 'a', { key: 'k', n: 2 }))
  const events = await source.read(['a'], undefined, 10)
  expect(events.map((event) => [event.aggregateVersion, event.payload])).toEqual([[1, { key: 'k', n: 2 }]])
  await close()
})

test('concurrent publishers of the same keys, in whatever order, neither deadlock nor leave gaps', async () => {
  const { database, source, close } = await openLog()
  const { database: outboxed, publishFrom } = openOutbox(database, ['a'])
  const publish = publishFrom({})
  const keys = ['x', 'y', 'z']
  const publishAll = (order: readonly string[], n: number) =>
    outboxed.transaction(async (tx) => {
      for (const key of order) await publish(tx, 'a', { key, n })
    })
  await Promise.all(Array.from({ length: 40 }, (_, n) => publishAll(n % 2 === 0 ? keys : keys.toReversed(), n)))
  for (const key of keys) {
    const versions = (await source.readKey('a', key, 1, 100)).map((event) => event.aggregateVersion)
    expect(versions).toEqual(Array.from({ length: 40 }, (_, at) => at + 1))
  }
  await close()
})

test('a fact is refused outside a running transaction, under an undeclared topic and in another shape', async () => {
  const { database, close } = await openLog()
  const { database: outboxed, publishFrom } = openOutbox(database, ['a'])
  const publish = publishFrom({})
  await expect(publish(outboxed, 'a', { key: 'k', n: 1 })).rejects.toMatchObject({ code: 'outbox.no-transaction' })
  const ended = await outboxed.transaction(async (tx) => tx)
  await expect(publish(ended, 'a', { key: 'k', n: 1 })).rejects.toMatchObject({ code: 'outbox.no-transaction' })
  const inside = (topic: string, payload: unknown) => outboxed.transaction((tx) => publish(tx, topic, payload))
  await expect(inside('b', { key: 'k', n: 1 })).rejects.toMatchObject({ code: 'outbox.undeclared' })
  await expect(inside('a', { key: 'k', n: 'one' })).rejects.toMatchObject({ code: 'outbox.payload' })
  await close()
})

test('a log that its publisher has not made yet reads as empty, and is read as soon as it is there', async () => {
  const { url, close } = await freshDatabase()
  const database = openDatabase({ url, applicationName: 'test', log: silentLog })
  const source = await postgresEvents({ url, publisher: 'late', log: silentLog })
  expect(await source.read(['a'], undefined, 10)).toEqual([])
  expect(await source.countAfter(['a'], undefined)).toEqual({ a: 0 })
  await prepareDatabase(database)
  await database.transaction((tx) => appendNow(tx, [fact('first', 1)]))
  expect((await source.read(['a'], undefined, 10)).map((event) => event.key)).toEqual(['first'])
  await Promise.all([source.close(), database.close()])
  await close()
})
