import { readFile } from 'node:fs/promises'
import { postgres } from '@knowton/adapters/postgres'
import { freshDatabase, silentLog } from '@knowton/adapters/postgres/testing'
import type { Database, Publish } from '@knowton/kit'
import { assetTokenization } from '@knowton/system'
import * as z from 'zod'

/** A database of the service for one test file, and what was published into it. */
export type ServiceDatabase = {
  readonly db: Database
  readonly publish: Publish<typeof assetTokenization>
  /** Everything published so far, in order, in the wire form. */
  readonly published: () => Promise<readonly Published[]>
  /** Every table of the service as text, rows sorted: equal when the state is equal. */
  readonly dump: (...tables: readonly string[]) => Promise<Readonly<Record<string, readonly string[]>>>
  readonly empty: () => Promise<void>
  readonly close: () => Promise<void>
}

export type Published = {
  readonly topic: keyof (typeof assetTokenization)['publishes']
  readonly payload: Readonly<Record<string, unknown>>
}

const migrations = ['001-chain.sql', '002-relay.sql']
const tables =
  'chain_cursor, block, raw_log, fact, token, relay_request, relay_attempt, relay_transaction, relay_signer, published'

/** Creates the service's tables in a fresh database, with a log of what is published that commits with the rest. */
export const openServiceDatabase = async (): Promise<ServiceDatabase> => {
  const fresh = await freshDatabase()
  const opened = await postgres({ url: fresh.url, serviceName: 'asset-tokenization', log: silentLog })
  const db = opened.store
  for (const name of migrations) {
    await db.query(await readFile(new URL(`../migrations/${name}`, import.meta.url), 'utf8'))
  }
  await db.query('CREATE TABLE published (place bigserial PRIMARY KEY, topic text, payload jsonb)')
  return {
    db,
    publish: async (tx, topic, payload) => {
      const wire = z.encode(assetTokenization.publishes[topic].payload as z.ZodType, payload)
      await tx.query('INSERT INTO published (topic, payload) VALUES ($1, $2)', [topic, JSON.stringify(wire)])
    },
    published: () => db.query<Published>('SELECT topic, payload FROM published ORDER BY place', []),
    dump: async (...names) =>
      Object.fromEntries(
        await Promise.all(
          names.map(async (name) => {
            const rows = await db.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t ORDER BY 1`, [])
            return [name, rows.map(({ row }) => row)] as const
          }),
        ),
      ),
    empty: async () => {
      await db.query(`TRUNCATE ${tables} RESTART IDENTITY CASCADE`)
    },
    close: async () => {
      await opened.close()
      await fresh.close()
    },
  }
}
