import { randomUUID } from 'node:crypto'
import { startService } from '@knowton/kit'
import { createTestTokens } from '@knowton/kit/testing'
import { openDatabase, type PostgresDatabase } from '../postgres-database.ts'
import { freshDatabase } from './fresh-database.ts'
import { silentLog } from './silent-log.ts'
import { type HearerPorts, hearer, hearerOf, writer, writerOf } from './toy-service.ts'

const tokens = createTestTokens()
const account = `eip155:31337:0x${'ab'.repeat(20)}`

/** What a caller sends when it writes a note. */
export type WriteRequest = {
  readonly book?: string
  readonly body?: object
  readonly key?: string
  readonly account?: string
  readonly traceparent?: string
}

type WriteAnswer = { readonly n?: number; readonly code?: string }

/** A writer, databases for it and for its hearers, and the means to start as many hearers as a test needs. */
export const openToyWorld = async (onWrite?: (book: string) => Promise<void>) => {
  const [writerHome, hearerHome] = await Promise.all([freshDatabase(), freshDatabase()])
  const closing: (() => Promise<void>)[] = []
  const open = (url: string): PostgresDatabase => {
    const database = openDatabase({ url, applicationName: 'test', log: silentLog })
    closing.push(database.close)
    return database
  }
  const service = await startService(writer, writerOf(onWrite), {
    LOG_LEVEL: 'error',
    STORE_DB_URL: writerHome.url,
    ACCESS_TOKEN_PUBLIC_KEY: tokens.publicKeyPem,
  })
  closing.push(service.stop)
  const sources = [{ publisher: 'writer', url: writerHome.url, topics: ['noted', 'counted'] }]
  const hearerEnvironment = {
    LOG_LEVEL: 'error',
    STORE_DB_URL: hearerHome.url,
    EVENT_SOURCES: JSON.stringify(sources),
  }
  return {
    writerUrl: service.url,
    stopWriter: service.stop,
    dropWriterDatabase: writerHome.close,
    writerDatabase: open(writerHome.url),
    hearerDatabase: open(hearerHome.url),
    hearerEnvironment,
    write: async ({
      book = 'a',
      body = { worth: '1' },
      key = randomUUID(),
      account: sub = account,
      traceparent,
    }: WriteRequest = {}) => {
      const answer = await fetch(`${service.url}/api/v1/books/${book}/notes`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await tokens.sign(sub)}`,
          'content-type': 'application/json',
          'idempotency-key': key,
          ...(traceparent !== undefined && { traceparent }),
        },
        body: JSON.stringify(body),
      })
      return { status: answer.status, headers: answer.headers, body: (await answer.json()) as WriteAnswer }
    },
    startHearer: async (ports: Partial<HearerPorts> = {}) => {
      const running = await startService(hearer, hearerOf(ports), hearerEnvironment)
      closing.push(running.stop)
      return running
    },
    close: async () => {
      for (const close of closing.toReversed()) await close()
      await Promise.all([writerHome.close(), hearerHome.close()])
    },
  }
}
export type ToyWorld = Awaited<ReturnType<typeof openToyWorld>>
