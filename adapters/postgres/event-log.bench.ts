import { randomUUID } from 'node:crypto'
import { requestErrors, service, topic } from '@knowton/core'
import { startService } from '@knowton/kit'
import { openOutbox, prepareDatabase } from '@knowton/kit/testing'
import pg from 'pg'
import * as z from 'zod'
import { postgres } from './postgres.ts'
import { openDatabase, type PostgresDatabase } from './postgres-database.ts'
import { postgresEvents } from './postgres-events.ts'
import { silentLog } from './testing/silent-log.ts'

/** How many facts go through the log in each run. */
const EVENTS = 20_000
/** Transactions under way at once. */
const WRITERS = 8
/** Facts of one transaction: a request's one, and a block's twenty-five. */
const PER_TRANSACTION = [1, 25]
const KEYS = 1_000

const adminUrl = process.env.KNOWTON_BENCH_POSTGRES_URL
if (adminUrl === undefined) throw new Error('KNOWTON_BENCH_POSTGRES_URL must name a PostgreSQL to measure on')

const createDatabase = async (): Promise<string> => {
  const name = `bench_${randomUUID().replaceAll('-', '')}`
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`)
  await admin.end()
  return Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href
}

const open = (url: string) => openDatabase({ url, applicationName: 'bench', log: silentLog })

/** Runs `write` for every fact, `WRITERS` transactions at a time. */
const writeAll = async (perTransaction: number, write: (first: number) => Promise<void>) => {
  let next = 0
  const writer = async () => {
    for (let first = next; first < EVENTS; first = next) {
      next += perTransaction
      await write(first)
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, writer))
}

const untilCount = async (database: PostgresDatabase) => {
  for (;;) {
    const [row] = await database.query<{ n: bigint }>('SELECT count(*) AS n FROM effect', [])
    if (row?.n === BigInt(EVENTS)) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const perSecond = async (work: () => Promise<void>): Promise<number> => {
  const startedAt = performance.now()
  await work()
  return EVENTS / ((performance.now() - startedAt) / 1000)
}

const measured = topic({
  name: 'measured',
  version: 1,
  summary: 'A fact of the benchmark.',
  payload: z.object({ key: z.string(), n: z.int() }),
  key: (fact) => fact.key,
  partitions: 1,
  retentionDays: 1,
})
const reader = service({
  name: 'reader',
  summary: 'Applies facts.',
  routes: {},
  publishes: {},
  consumes: { measured },
  stores: { db: { kind: 'postgres', summary: 'Effects.' } },
  chain: false,
  config: {},
  secrets: {},
  size: 'small',
  pool: 'general-purpose',
  instances: 'many',
  needs: [],
})

/** Append in transactions, apply once each in the consumer's database. */
const throughTheLog = async (perTransaction: number): Promise<number> => {
  const [publisherUrl, consumerUrl] = [await createDatabase(), await createDatabase()]
  const [publisher, consumer] = [open(publisherUrl), open(consumerUrl)]
  await prepareDatabase(publisher)
  const outbox = openOutbox(publisher, ['measured'])
  const publish = outbox.publishFrom({})
  await publisher.query('CREATE TABLE state (n bigint)')
  await consumer.query('CREATE TABLE effect (n bigint)')
  const running = await startService(
    reader,
    {
      errors: requestErrors,
      stores: { db: postgres },
      eventSource: postgresEvents,
      migrations: new URL('./no-migrations/', import.meta.url),
      ports: () => undefined,
      routes: {},
      consumers: {
        measured: {
          batch: async (events, { tx }) => {
            const numbers = events.map((event) => event.payload.n)
            await tx.query('INSERT INTO effect SELECT * FROM unnest($1::bigint[])', [numbers])
          },
        },
      },
      jobs: {},
    },
    {
      LOG_LEVEL: 'error',
      STORE_DB_URL: consumerUrl,
      EVENT_SOURCES: JSON.stringify([{ publisher: 'bench', url: publisherUrl, topics: ['measured'] }]),
    },
  )
  const rate = await perSecond(async () => {
    await writeAll(perTransaction, (first) =>
      outbox.database.transaction(async (tx) => {
        await tx.query('INSERT INTO state VALUES ($1)', [first])
        for (let n = first; n < first + perTransaction; n += 1) {
          await publish(tx, 'measured', { key: `key-${n % KEYS}`, n })
        }
      }),
    )
    await untilCount(consumer)
  })
  await running.stop()
  await Promise.all([publisher.close(), consumer.close()])
  return rate
}

/** The same rows by plain INSERT and SELECT: no order across transactions, no once-only effect, facts can be skipped. */
const withoutGuarantees = async (perTransaction: number): Promise<number> => {
  const [publisher, consumer] = [open(await createDatabase()), open(await createDatabase())]
  await publisher.query('CREATE TABLE state (n bigint); CREATE TABLE fact (id bigserial PRIMARY KEY, payload jsonb)')
  await consumer.query('CREATE TABLE effect (n bigint)')
  let applied = 0
  const readAll = async () => {
    for (let last = 0n; applied < EVENTS; ) {
      const rows = await publisher.query<{ id: bigint; payload: { n: number } }>(
        'SELECT id, payload FROM fact WHERE id > $1 ORDER BY id LIMIT 500',
        [last],
      )
      last = rows.at(-1)?.id ?? last
      const numbers = rows.map((row) => row.payload.n)
      if (rows.length > 0) await consumer.query('INSERT INTO effect SELECT * FROM unnest($1::bigint[])', [numbers])
      else if (written) return
      applied += rows.length
    }
  }
  let written = false
  const rate = await perSecond(async () => {
    const reading = readAll()
    await writeAll(perTransaction, (first) =>
      publisher.transaction(async (tx) => {
        await tx.query('INSERT INTO state VALUES ($1)', [first])
        const payloads = Array.from({ length: perTransaction }, (_, at) => ({
          key: `key-${(first + at) % KEYS}`,
          n: first + at,
        }))
        await tx.query('INSERT INTO fact (payload) SELECT * FROM jsonb_array_elements($1)', [JSON.stringify(payloads)])
      }),
    )
    written = true
    await reading
  })
  await Promise.all([publisher.close(), consumer.close()])
  return rate
}

console.log(`${EVENTS} facts, appended in transactions with a row of state each, applied once each in another database`)
for (const perTransaction of PER_TRANSACTION) {
  const bare = await withoutGuarantees(perTransaction)
  const logged = await throughTheLog(perTransaction)
  const label = `${perTransaction} a transaction, end to end`.padEnd(32)
  const rates = `${Math.round(logged)} events/s; plain INSERT and SELECT ${Math.round(bare)} events/s`
  console.log(`${label} ${rates}  ratio ${(logged / bare).toFixed(2)}`)
}
console.log(
  'limit: one fact a transaction: round trips and the flush of each commit; many: the processors (goal ≥ 5000)',
)
