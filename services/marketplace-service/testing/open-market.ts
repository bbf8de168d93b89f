import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { postgres } from '@knowton/adapters/postgres'
import { freshDatabase, silentLog } from '@knowton/adapters/postgres/testing'
import { accountIdOf, type Event, type Hex, type PayloadOf, type Result } from '@knowton/core'
import type { Database, JobContext, Publish, Sql } from '@knowton/kit'
import { marketplaceService } from '@knowton/system'
import * as z from 'zod'
import { createBooks } from '../books/book-store.ts'
import type { Declared, Ports } from '../ports.ts'
import { createMemoryChain, type MemoryChain } from './memory-chain.ts'

export const EXCHANGE: Hex = `0x${'e'.repeat(40)}`
export const COLLECTION: Hex = `0x${'c'.repeat(40)}`
export const TEST_USD: Hex = `0x${'d'.repeat(40)}`
export const NATIVE: Hex = `0x${'0'.repeat(40)}`

type Published = { readonly topic: keyof Declared['publishes']; readonly payload: unknown }

/** The service's handlers over a real PostgreSQL and a chain in memory. */
export type TestMarket = {
  readonly db: Database
  readonly chain: MemoryChain
  readonly ports: Ports
  readonly clock: { now: Date }
  /** What committed transactions have published. */
  readonly published: Published[]
  readonly publishedOf: <T extends keyof Declared['publishes']>(topic: T) => PayloadOf<Declared['publishes'][T]>[]
  readonly publish: Publish<Declared>
  /** Runs work in a transaction; what it publishes counts once it is committed. */
  readonly inTransaction: <T>(work: (tx: Sql) => Promise<T>) => Promise<T>
  /** A context for a consumer. */
  readonly consuming: (tx: Sql) => ConsumerContextOf
  readonly job: () => JobContext<Declared, Ports>
  readonly close: () => Promise<void>
}
type ConsumerContextOf = {
  readonly ports: Ports
  readonly publish: Publish<Declared>
  readonly tx: Sql
  readonly log: typeof silentLog
  readonly signal: AbortSignal
  readonly now: Date
}

/** Opens a market of TestUSD and the native currency over a database of its own. */
export const openMarket = async (): Promise<TestMarket> => {
  const database = await freshDatabase()
  const { store, close } = await postgres({ url: database.url, serviceName: 'marketplace-service', log: silentLog })
  await store.query(await readFile(new URL('../migrations/001-books.sql', import.meta.url), 'utf8'))
  const currencies = [
    { address: TEST_USD, symbol: 'tUSD', decimals: 6 },
    { address: NATIVE, symbol: 'ETH', decimals: 18 },
  ]
  const contracts = { chainId: 31_337, exchange: EXCHANGE, workToken: COLLECTION, currencies }
  await createBooks(store, contracts)
  const chain = createMemoryChain()
  const clock = { now: new Date('2026-01-01T00:00:00Z') }
  const published: Published[] = []
  const held = new WeakMap<Sql, Published[]>()
  const signal = new AbortController().signal

  const publish: Publish<Declared> = async (tx, topic, payload) => {
    z.encode(marketplaceService.publishes[topic].payload as z.ZodType, payload)
    held.get(tx)?.push({ topic, payload })
  }
  const inTransaction: TestMarket['inTransaction'] = async (work) => {
    const facts: Published[] = []
    const result = await store.transaction((tx) => {
      held.set(tx, facts)
      return work(tx)
    })
    published.push(...facts)
    return result
  }
  let nonce = 0n
  const ports: Ports = {
    db: { ...store, transaction: inTransaction },
    chain,
    feed: { follow: () => Promise.reject(new RangeError('the feed needs the event log of a running service')) },
    contracts,
    newId: randomUUID,
    randomNonce: () => {
      nonce += 1n
      return nonce
    },
    expirySweepMs: 1_000,
    recheckSeconds: 30,
  }
  return {
    db: store,
    chain,
    ports,
    clock,
    published,
    publishedOf: (topic) => published.filter((fact) => fact.topic === topic).map(({ payload }) => payload as never),
    publish,
    inTransaction,
    consuming: (tx) => ({ ports, publish, tx, log: silentLog, signal, now: clock.now }),
    job: () => ({ ports, publish, log: silentLog, clock: () => clock.now, signal }),
    close: async () => {
      await close()
      await database.close()
    },
  }
}

/** A context for a route, as the signed-in `address`. */
export const asUser = (market: TestMarket, address: Hex, tx: Sql) => ({
  ports: market.ports,
  publish: market.publish,
  user: { account: accountIdOf(31_337, address), address, sessionId: randomUUID() },
  tx,
  requestId: randomUUID(),
  log: silentLog,
  signal: new AbortController().signal,
  now: market.clock.now,
})

/** A context for a route that anyone may call. */
export const asAnyone = (market: TestMarket) => ({
  ...asUser(market, NATIVE, market.db),
  user: undefined,
  tx: undefined,
})

/** The parts of an input that a route does not have. */
export const nothing = { params: undefined, query: undefined, body: undefined, headers: undefined } as const

/** Answers an idempotent route as the kit does: a refusal rolls everything back. */
export const answering = async <V, R>(
  market: TestMarket,
  answer: (tx: Sql) => Promise<Result<V, R>>,
): Promise<Result<V, R>> => {
  const refused = Symbol('refused')
  let result: Result<V, R> | undefined
  try {
    await market.inTransaction(async (tx) => {
      result = await answer(tx)
      if (!result.ok) throw refused
    })
  } catch (error) {
    if (error !== refused && !(error instanceof Error && error.cause === refused)) throw error
  }
  if (result === undefined) throw new RangeError('the route did not answer')
  return result
}

/** An event as a consumer gets it. */
export const eventOf = <P>(topic: string, key: string, payload: P): Event<P> => ({
  id: randomUUID(),
  topic,
  version: 1,
  key,
  aggregateVersion: 1,
  occurredAt: new Date(),
  causationId: undefined,
  traceparent: undefined,
  payload,
})
