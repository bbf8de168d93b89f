import { chdb } from '@knowton/adapters/chdb'
import { silentLog } from '@knowton/adapters/postgres/testing'
import type { Event } from '@knowton/core'
import { royaltyStatement } from '@knowton/domain/royalty'
import type { OpenStore, Warehouse } from '@knowton/kit'
import { temporaryFolder } from '@knowton/kit/testing'
import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { TopicPayload } from '../consumers/ingest.ts'
import { nftMinted } from '../consumers/nft-minted.ts'
import { orderChanges } from '../consumers/order-changes.ts'
import { royaltyDistributions } from '../consumers/royalty-distributions.ts'
import { tokenTransfers } from '../consumers/token-transfers.ts'
import { trades } from '../consumers/trades.ts'
import * as model from '../testing/model.ts'
import {
  accounts,
  BLOCK_MS,
  batchesOf,
  collections,
  currencies,
  delivery,
  EPOCH_MS,
  type StreamEvent,
  stream,
  tokenIds,
} from '../testing/stream.ts'
import { migrateWarehouse } from '../warehouse/migrate-warehouse.ts'
import { readCandles } from './candles.ts'
import { readFloor } from './floor.ts'
import { readHolders } from './holders.ts'
import { readRoyaltyBooks, splittersOf } from './royalty-books.ts'
import type { TradeFilter } from './trade-filter.ts'
import { readTrades } from './trade-list.ts'
import { readVolume } from './volume.ts'
import { END_OF_TIME } from './warehouse-time.ts'

const schema = new URL('../warehouse/schema/', import.meta.url)
const tables = ['nft_minted', 'token_transfers', 'trades', 'royalty_distributions', 'order_changes']

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let opened: OpenStore<Warehouse>
beforeAll(async () => {
  folder = await temporaryFolder()
  opened = await chdb({ url: `chdb://${folder.path}/warehouse`, serviceName: 'analytics-service', log: silentLog })
  await migrateWarehouse(opened.store, schema)
})
afterAll(async () => {
  await opened?.close()
  await folder?.close()
})
const empty = async () => {
  for (const table of tables) await opened.store.command(`TRUNCATE TABLE ${table}`)
}
beforeEach(empty)

/** Hands a batch to its consumers as the kit does: the events of one topic together, in order. */
const ingestBatch = async (batch: readonly StreamEvent[]) => {
  const context = { ports: { warehouse: opened.store } }
  const of = <T extends StreamEvent['topic']>(topic: T) =>
    batch.flatMap((entry) => (entry.topic === topic ? [entry.event as Event<TopicPayload<T>>] : []))
  await nftMinted.batch(of('nftMinted'), context)
  await tokenTransfers.batch(of('tokenTransfers'), context)
  await trades.batch(of('trades'), context)
  await royaltyDistributions.batch(of('royaltyDistributions'), context)
  await orderChanges.batch(of('orderChanges'), context)
}
const ingestAll = async (batches: readonly (readonly StreamEvent[])[]) => {
  for (const batch of batches) await ingestBatch(batch)
}

/** Follows the cursors to the end. */
const allPages = async <Item>(
  read: (page: { cursor?: string; limit: number }) => Promise<{ items: readonly Item[]; next: string | null }>,
  limit: number,
): Promise<readonly Item[]> => {
  const { items, next } = await read({ limit })
  const rest = async (cursor: string | null): Promise<readonly Item[]> => {
    if (cursor === null) return []
    const page = await read({ cursor, limit })
    return [...page.items, ...(await rest(page.next))]
  }
  return [...items, ...(await rest(next))]
}

/** Mostly absent, so that most questions are about many facts. */
const rarely = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })
const instant = fc.nat(200 * BLOCK_MS).map((ms) => new Date(EPOCH_MS + ms))
const question = fc.record({
  from: rarely(instant),
  to: rarely(instant),
  collection: rarely(fc.constantFrom(...collections)),
  tokenId: rarely(fc.constantFrom(...tokenIds)),
  account: rarely(fc.constantFrom(...accounts)),
  interval: fc.constantFrom('1m' as const, '5m' as const, '1h' as const, '1d' as const),
  limit: fc.integer({ min: 3, max: 15 }),
})
type Question = typeof question extends fc.Arbitrary<infer Q> ? Q : never

/** A counterexample is told as it is found: shrinking it would take minutes. A busy machine makes fewer runs. */
const budget = (numRuns: number) => ({ numRuns, endOnFailure: true, interruptAfterTimeLimit: 40_000 })

const statementsOf = (log: readonly StreamEvent[], to: Date | undefined) =>
  accounts.map((account) => model.statementOf(log, account, to ?? END_OF_TIME))

/** Every answer of the service to one question. */
const answers = async ({ interval, limit, ...filter }: Question) => {
  const { store } = opened
  const statements = await Promise.all(
    accounts.map(async (account) => {
      const books = await readRoyaltyBooks(store, splittersOf(account), filter.to ?? END_OF_TIME)
      return royaltyStatement(account, books).toSorted((a, b) =>
        a.splitter + a.currency < b.splitter + b.currency ? -1 : 1,
      )
    }),
  )
  return {
    volume: await readVolume(store, filter),
    trades: await allPages((page) => readTrades(store, filter, page), limit),
    candles: await Promise.all(currencies.map((currency) => readCandles(store, { ...filter, currency }, interval))),
    floors: await Promise.all(currencies.map((currency) => readFloor(store, collections[0] ?? '0x', currency))),
    holders: await Promise.all(
      collections.map((collection) => allPages((page) => readHolders(store, collection, page), limit)),
    ),
    statements,
  }
}

/** The same answers by the plain model. */
const expected = (log: readonly StreamEvent[], { interval, limit: _, ...filter }: Question) => ({
  volume: model.volumeOf(log, filter),
  trades: model.tradeListOf(log, filter),
  candles: currencies.map((currency) => model.candlesOf(log, { ...filter, currency }, interval)),
  floors: currencies.map((currency) => model.floorOf(log, collections[0] ?? '0x', currency)),
  holders: collections.map((collection) => model.holdersOf(log, collection)),
  statements: statementsOf(log, filter.to),
})

test('A1 A2 A3 A5 A6: every answer is that of the plain model, whatever the batches, redeliveries and undone blocks', async () => {
  await fc.assert(
    fc
      .asyncProperty(stream, delivery, question, async (log, cut, asked) => {
        await ingestAll(batchesOf(log, cut))
        expect(await answers(asked)).toEqual(expected(log, asked))
      })
      .beforeEach(empty),
    budget(20),
  )
})

test('A4: a rebuild from the log answers as the tables that grew with it', async () => {
  await fc.assert(
    fc
      .asyncProperty(stream, delivery, question, async (log, cut, asked) => {
        await ingestAll(batchesOf(log, cut))
        const grown = await answers(asked)
        await empty()
        await ingestBatch(log)
        expect(await answers(asked)).toEqual(grown)
      })
      .beforeEach(empty),
    budget(6),
  )
})

test('A2: merging the parts changes no answer', async () => {
  await fc.assert(
    fc
      .asyncProperty(stream, delivery, question, async (log, cut, asked) => {
        await ingestAll(batchesOf(log, cut))
        for (const table of tables) await opened.store.command(`OPTIMIZE TABLE ${table} FINAL`)
        expect(await answers(asked)).toEqual(expected(log, asked))
      })
      .beforeEach(empty),
    budget(6),
  )
})

test.each([new Date('0001-01-01T00:00:00Z'), new Date('9999-12-31T23:59:59Z')])(
  'a window may reach to %s',
  async (edge) => {
    const filter: TradeFilter = edge.getUTCFullYear() < 1900 ? { from: edge } : { to: edge }
    await fc.assert(
      fc
        .asyncProperty(stream, async (log) => {
          await ingestBatch(log)
          expect(await readVolume(opened.store, filter)).toEqual(model.volumeOf(log, {}))
        })
        .beforeEach(empty),
      budget(3),
    )
  },
)
