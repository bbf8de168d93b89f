import { expect, test } from 'vitest'
import type { EventSource } from '../consume/event-source.ts'

/** A fact to be appended by a test. */
export type NewFact = { readonly topic: string; readonly key: string; readonly payload: unknown }

/** A publisher's log that a test can append to; facts appended together commit together. */
export type EventLog = {
  readonly source: EventSource
  readonly append: (facts: readonly NewFact[]) => Promise<void>
  readonly close: () => Promise<void>
}

const fact = (topic: string, key: string, payload: unknown = {}): NewFact => ({ topic, key, payload })
const never = new AbortController().signal

/** What every source of events does; run by each of its adapters. */
export const behavesAsEventSource = (open: () => Promise<EventLog>): void => {
  test('reads facts in log order, page after page, without loss or repetition', async () => {
    const { source, append, close } = await open()
    for (let n = 0; n < 7; n += 1) await append([fact('a', `k${n % 2}`, { n }), fact('b', 'k', { n })])
    const seen: unknown[] = []
    for (let page = await source.read(['a', 'b'], undefined, 4); page.length > 0; ) {
      seen.push(...page.map((event) => [event.topic, event.payload]))
      page = await source.read(['a', 'b'], page.at(-1)?.cursor, 4)
    }
    expect(seen).toEqual(
      [0, 1, 2, 3, 4, 5, 6].flatMap((n) => [
        ['a', { n }],
        ['b', { n }],
      ]),
    )
    await close()
  })

  test('counts the versions of each key from 1 without gaps', async () => {
    const { source, append, close } = await open()
    await append([fact('a', 'x'), fact('a', 'y'), fact('a', 'x')])
    await append([fact('a', 'x'), fact('b', 'x')])
    const events = await source.read(['a', 'b'], undefined, 10)
    expect(events.map((event) => [event.topic, event.key, event.aggregateVersion])).toEqual([
      ['a', 'x', 1],
      ['a', 'y', 1],
      ['a', 'x', 2],
      ['a', 'x', 3],
      ['b', 'x', 1],
    ])
    await close()
  })

  test('reads only the topics that were asked for', async () => {
    const { source, append, close } = await open()
    await append([fact('a', 'x'), fact('b', 'x'), fact('c', 'x')])
    expect((await source.read(['a', 'c'], undefined, 10)).map((event) => event.topic)).toEqual(['a', 'c'])
    expect(await source.read(['d'], undefined, 10)).toEqual([])
    await close()
  })

  test('reads chosen versions of one key', async () => {
    const { source, append, close } = await open()
    await append([1, 2, 3, 4, 5].flatMap((n) => [fact('a', 'x', { n }), fact('a', 'y', { n: -n })]))
    const events = await source.readKey('a', 'x', 2, 4)
    expect(events.map((event) => event.payload)).toEqual([{ n: 2 }, { n: 3 }, { n: 4 }])
    await close()
  })

  test('counts what lies after a cursor', async () => {
    const { source, append, close } = await open()
    await append([fact('a', 'x'), fact('b', 'x'), fact('a', 'x')])
    const [first] = await source.read(['a'], undefined, 1)
    expect(await source.countAfter(['a', 'b', 'c'], undefined)).toEqual({ a: 2, b: 1, c: 0 })
    expect(await source.countAfter(['a', 'b'], first?.cursor)).toEqual({ a: 1, b: 1 })
    await close()
  })

  test('a change that comes between reading and waiting is not slept through', async () => {
    const { source, append, close } = await open()
    await source.changed(1, never)
    await source.read(['a'], undefined, 10)
    await append([fact('a', 'x')])
    await source.changed(30_000, never)
    expect(await source.read(['a'], undefined, 10)).toHaveLength(1)
    await close()
  })

  test('waiting ends when the signal fires', async () => {
    const { source, close } = await open()
    const leaving = new AbortController()
    const waiting = source.changed(30_000, leaving.signal)
    leaving.abort(new Error('left'))
    await expect(waiting).rejects.toThrow('left')
    await close()
  })
}
