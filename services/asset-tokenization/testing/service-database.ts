import { freshDatabase } from '@knowton/adapters/postgres/testing'
import type { Database, Publish } from '@knowton/kit'
import { openService, type TestService } from '@knowton/kit/testing'
import { assetTokenization } from '@knowton/system'
import { implementation } from '../implementation.ts'
import type { Declared, Ports } from '../ports.ts'
import type { Deployed } from './deployed.ts'
import { innerOf } from './mortal.ts'
import { contracts } from './random-logs.ts'
import { settingsOf, settingsOn } from './settings.ts'

/** A database of the service for one test file, and what was published into its log. */
export type ServiceDatabase = Pick<TestService<Declared, Ports>, 'clock' | 'measure'> & {
  readonly db: Database
  readonly publish: Publish<Declared>
  /** Everything published so far, in order, in the wire form. */
  readonly published: () => Promise<readonly Published[]>
  /** These tables as text, rows sorted: equal when the state is equal. */
  readonly dump: (...tables: readonly string[]) => Promise<Readonly<Record<string, readonly string[]>>>
  readonly empty: () => Promise<void>
  readonly close: () => Promise<void>
}

export type Published = {
  readonly topic: keyof Declared['publishes']
  readonly payload: Readonly<Record<string, unknown>>
}

const tables =
  'chain_cursor, block, raw_log, fact, token, relay_request, relay_attempt, relay_transaction, relay_signer, events.log, events.aggregate'

/** Opens the service without its jobs, and without a chain unless one is given: for tests that follow and relay themselves. */
export const openServiceDatabase = async (chain?: Deployed): Promise<ServiceDatabase> => {
  const service = await openService(
    assetTokenization,
    { ...implementation, jobs: {} },
    {
      stores: { db: await freshDatabase() },
      settings: chain === undefined ? settingsOf({ contracts }) : settingsOn(chain),
    },
  )
  const { db } = service.stores
  const { publish } = service.jobContext()
  return {
    clock: service.clock,
    measure: service.measure,
    db,
    publish: (tx, ...fact) => publish(innerOf(tx), ...fact),
    published: async () => {
      const rows = await db.query<{ topic: string; payload: Published['payload'] }>(
        'SELECT topic, payload FROM events.log ORDER BY sequence',
      )
      return rows.map(({ topic, payload }) => ({ topic: declaredName(topic), payload }))
    },
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
    close: service.close,
  }
}

const names = new Map(
  (Object.keys(assetTokenization.publishes) as (keyof Declared['publishes'])[]).map(
    (name) => [assetTokenization.publishes[name].name, name] as const,
  ),
)

const declaredName = (topic: string): Published['topic'] => {
  const name = names.get(topic)
  if (name === undefined) throw new RangeError(`the service publishes no topic "${topic}"`)
  return name
}
