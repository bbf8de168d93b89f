import { Fault } from '@knowton/core'
import type { Database, Log, Sql } from '@knowton/kit'
import pg from 'pg'
import { createNotifications } from './notifications.ts'
import { toPostgresFault } from './postgres-fault.ts'
import { runQuery } from './run-query.ts'

/** A database with what its owner needs to check and close it. */
export type PostgresDatabase = Database & {
  readonly check: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Connections a service process holds at most. */
const POOL_SIZE = 10

/** Milliseconds that one statement may take. */
const STATEMENT_MS = 30_000

/** Milliseconds that a transaction may lie open: it holds back every reader of every event log on this server. */
const IDLE_IN_TRANSACTION_MS = 60_000

/** By statement, not by startup parameter: PgBouncer refuses a connection that brings a parameter it does not know. */
const setTimeouts = (client: pg.ClientBase): Promise<unknown> =>
  client.query(
    `SET statement_timeout = ${STATEMENT_MS}; SET idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS}`,
  )

/** Opens a pool on the database at `url`; connects when first used. */
export const openDatabase = (settings: {
  readonly url: string
  readonly applicationName: string
  readonly log: Log
  readonly poolSize?: number
}): PostgresDatabase => {
  const pool = new pg.Pool({
    connectionString: settings.url,
    application_name: settings.applicationName,
    max: settings.poolSize ?? POOL_SIZE,
    types: valueTypes,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    onConnect: setTimeouts,
  })
  const onLost = (error: Error) => settings.log.warn('a database connection was lost', { error })
  pool.on('error', onLost)
  // Outside a query a lost connection is reported on the client, and an unheard "error" ends the process.
  pool.on('connect', (client) => client.on('error', onLost))
  const notifications = createNotifications(settings.url, settings.applicationName, settings.log)
  return {
    query: (text, values) => runQuery(pool, text, values),
    transaction: (work) => runTransaction(pool, work),
    listen: (channel, onNotify, signal) => notifications.listen(channel, onNotify, signal),
    check: async () => {
      await runQuery(pool, 'SELECT 1', [])
    },
    close: async () => {
      await Promise.all([notifications.close(), pool.end()])
    },
  }
}

const runTransaction = async <T>(pool: pg.Pool, work: (tx: Sql) => Promise<T>): Promise<T> => {
  const client = await connect(pool)
  const scope = openScope(client)
  try {
    await control(client, 'BEGIN')
    const result = await work(scope.sql)
    scope.close()
    const command = await control(client, 'COMMIT')
    // PostgreSQL answers COMMIT with ROLLBACK when a statement had failed and the caller went on regardless.
    if (command !== 'COMMIT') throw new Fault('postgres.rolled-back', 'A statement of the transaction had failed.')
    client.release()
    return result
  } catch (error) {
    scope.close()
    await rollBack(client)
    throw error
  }
}

const control = async (client: pg.PoolClient, statement: 'BEGIN' | 'COMMIT'): Promise<string> => {
  try {
    return (await client.query(statement)).command
  } catch (error) {
    throw toPostgresFault(error)
  }
}

const connect = async (pool: pg.Pool): Promise<pg.PoolClient> => {
  try {
    return await pool.connect()
  } catch (error) {
    throw toPostgresFault(error)
  }
}

/** The statements of one transaction; after its end nothing can slip onto the connection through it. */
const openScope = (client: pg.PoolClient) => {
  let open = true
  const sql: Sql = {
    query: async (text, values) => {
      if (!open) throw new Fault('postgres.closed-transaction', 'The transaction has ended.')
      return runQuery(client, text, values)
    },
  }
  return {
    sql,
    close: () => {
      open = false
    },
  }
}

const rollBack = async (client: pg.PoolClient): Promise<void> => {
  try {
    await client.query('ROLLBACK')
    client.release()
  } catch (error) {
    client.release(error instanceof Error ? error : true)
  }
}

const { builtins } = pg.types
const INT8_ARRAY = 1016
const NUMERIC_ARRAY = 1231
const TEXT_ARRAY = 1009 as Parameters<typeof pg.types.getTypeParser>[0]

const parseTextArray: (text: string) => readonly (string | null)[] = pg.types.getTypeParser(TEXT_ARRAY, 'text')
const parseBigintArray = (text: string) =>
  parseTextArray(text).map((element) => (element === null ? null : BigInt(element)))

const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [builtins.INT8]: BigInt,
  [builtins.NUMERIC]: BigInt,
  [INT8_ARRAY]: parseBigintArray,
  [NUMERIC_ARRAY]: parseBigintArray,
  [builtins.DATE]: (text) => text,
}

/** int8 and numeric become bigint (a numeric with a fraction is an error), dates without time stay text, the rest as pg has it. */
const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers[oid]) || pg.types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text'),
}
