import { EventEmitter, once } from 'node:events'
import type { Cursor, EventSource, LoggedEvent } from '@knowton/kit'

/** A publisher's log in the process, with the means to append to it. */
export type MemoryEvents = EventSource & {
  /** Appends a fact; versions of one (topic, key) count up from 1. */
  readonly append: (event: Omit<LoggedEvent, 'cursor' | 'aggregateVersion'>) => LoggedEvent
}

/** An empty log. */
export const memoryEvents = (): MemoryEvents => {
  const log: LoggedEvent[] = []
  const appended = new EventEmitter()
  let seen = 0
  const after = (cursor: Cursor | undefined) => log.slice(cursor === undefined ? 0 : Number(cursor.sequence))
  return {
    append: (event) => {
      const earlier = log.filter((other) => other.topic === event.topic && other.key === event.key)
      const cursor = { transactionId: '1', sequence: String(log.length + 1) }
      const logged = { ...event, cursor, aggregateVersion: earlier.length + 1 }
      log.push(logged)
      appended.emit('event')
      return logged
    },
    read: async (topics, cursor, limit) => {
      seen = log.length
      return after(cursor)
        .filter((event) => topics.includes(event.topic))
        .slice(0, limit)
    },
    readKey: async (topic, key, from, to) =>
      log.filter(
        (event) =>
          event.topic === topic && event.key === key && event.aggregateVersion >= from && event.aggregateVersion <= to,
      ),
    countAfter: async (topics, cursor) =>
      Object.fromEntries(topics.map((topic) => [topic, after(cursor).filter((event) => event.topic === topic).length])),
    changed: async (ms, signal) => {
      if (log.length > seen) return
      const timer = AbortSignal.timeout(ms)
      await once(appended, 'event', { signal: AbortSignal.any([signal, timer]) }).catch((error: unknown) => {
        if (signal.aborted) throw signal.reason
        if (!timer.aborted) throw error
      })
    },
    close: async () => undefined,
  }
}
