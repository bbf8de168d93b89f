import { randomUUID } from 'node:crypto'
import { postgres } from '@knowton/adapters/postgres'
import { silentLog } from '@knowton/adapters/postgres/testing'
import type { Order } from '@knowton/domain/market'
import { accountOf, anAsk, hashOf } from '@knowton/domain/market/testing'
import type { Database, Publish } from '@knowton/kit'
import { appendNow, migrate } from '@knowton/kit/testing'
import { marketplaceService } from '@knowton/system'
import * as z from 'zod'
import type { BookKey } from '../orders/order-store.ts'
import type { Declared } from '../ports.ts'
import { openBook } from './book-writer.ts'

/** Orders placed one after the other in each run; a book takes one at a time. */
const ORDERS = 2_000
const TOKENS = [1, 1_000]
const NOW = new Date('2026-01-01T00:00:00Z')

const adminUrl = process.env.KNOWTON_BENCH_POSTGRES_URL
if (adminUrl === undefined) throw new Error('KNOWTON_BENCH_POSTGRES_URL must name a PostgreSQL to measure on')

const open = (url: string) => postgres({ url, serviceName: 'bench', log: silentLog })

/** Runs `work` over a database of its own. */
const withDatabase = async <T>(work: (db: Database) => Promise<T>): Promise<T> => {
  const name = `bench_${randomUUID().replaceAll('-', '')}`
  const admin = await open(adminUrl)
  await admin.store.query(`CREATE DATABASE ${name}`)
  await admin.close()
  const { store, close } = await open(Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href)
  await migrate(store, new URL('../migrations/', import.meta.url))
  try {
    return await work(store)
  } finally {
    await close()
  }
}

/** A multiplicative generator (Lehmer, 2^31 − 1): the same stream in every run. */
const createRandom = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

const key: BookKey = { collection: anAsk().collection, currency: anAsk().currency }

/** Asks and bids around one price over `tokens` tokens, every fourth bid on any token; makers do not meet themselves. */
const createStream = (tokens: number): readonly Order[] => {
  const random = createRandom(7)
  return Array.from({ length: ORDERS }, (_, index): Order => {
    const isAsk = random(2) === 0
    const isOnAny = !isAsk && random(4) === 0
    return anAsk({
      ...key,
      side: isAsk ? 0 : 1,
      maker: accountOf(2 * random(1_000) + (isAsk ? 1 : 2)),
      criteriaKind: isOnAny ? 0 : 1,
      criteria: hashOf(isOnAny ? 0 : random(tokens)),
      pricePerUnit: 1_000_000n + BigInt(random(20_000) + (isAsk ? 8_000 : 0)),
      maxFills: isOnAny ? 1 + random(3) : 1,
      end: NOW.getTime(),
      nonce: BigInt(index),
    })
  })
}

const publish: Publish<Declared> = async (tx, topic, payload) => {
  const declared = marketplaceService.publishes[topic]
  const wire = z.encode(declared.payload as z.ZodType, payload) as Readonly<Record<string, unknown>>
  await appendNow(tx, [{ topic: declared.name, key: key.collection, payload: wire }])
}

type Measured = { readonly perSecond: number; readonly matches: number }

/** Every order placed and matched as a request does it, each in a transaction of its own. */
const placeAll = (orders: readonly Order[]): Promise<Measured> =>
  withDatabase(async (db) => {
    await db.query('INSERT INTO book (collection, currency) VALUES ($1, $2)', [key.collection, key.currency])
    const ports = { newId: randomUUID, recheckSeconds: 30 }
    let matches = 0
    const startedAt = performance.now()
    for (const [index, order] of orders.entries()) {
      const placed = await db.transaction(async (tx) => {
        const book = await openBook({ tx, publish, now: NOW, ports, causationId: undefined }, key)
        const signed = { order, signature: '0x' } as const
        return book.place({ signed, orderHash: hashOf(index + 1), signedBy: 'key', filled: 0 })
      })
      if (!placed.ok) throw new Error(`order ${index} was refused: ${placed.refusal.kind}`)
      matches += placed.value.matches.length
    }
    return { perSecond: perSecond(startedAt), matches }
  })

/** The least that must be on disk: for each order the book's lock, a row, and a fact, in a transaction; nothing is matched. */
const keepAll = (orders: readonly Order[]): Promise<Measured> =>
  withDatabase(async (db) => {
    await db.query('CREATE TABLE bare_book (sequence bigint); INSERT INTO bare_book VALUES (0)')
    await db.query('CREATE TABLE bare_order (sequence bigint PRIMARY KEY, price numeric, document jsonb)')
    const body = marketplaceService.routes.placeOrder.body
    const startedAt = performance.now()
    for (const order of orders) {
      const document = z.encode(body, { order, signature: '0x' })
      await db.transaction(async (tx) => {
        const [row] = await tx.query<{ n: bigint }>(
          'UPDATE bare_book SET sequence = sequence + 1 RETURNING sequence AS n',
        )
        await tx.query('INSERT INTO bare_order VALUES ($1, $2, $3)', [
          row?.n,
          order.pricePerUnit,
          JSON.stringify(document),
        ])
        await appendNow(tx, [{ topic: 'bare', key: key.collection, payload: document }])
      })
    }
    return { perSecond: perSecond(startedAt), matches: 0 }
  })

const perSecond = (startedAt: number): number => (ORDERS / (performance.now() - startedAt)) * 1_000

console.log(`${ORDERS} orders placed one after the other on one book, each in a transaction of its own`)
for (const tokens of TOKENS) {
  const orders = createStream(tokens)
  const [bare, book] = [await keepAll(orders), await placeAll(orders)]
  const label = `${tokens} token${tokens === 1 ? '' : 's'}, ${book.matches} matches`.padEnd(28)
  const rates = `${Math.round(book.perSecond)} orders/s; kept and not matched ${Math.round(bare.perSecond)} orders/s`
  console.log(`${label} ${rates}  ratio ${(book.perSecond / bare.perSecond).toFixed(2)}`)
}
console.log('limit: round trips to PostgreSQL under the lock of the book, and the flush of each commit')
