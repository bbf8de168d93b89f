import { Fault } from '@knowton/core'
import type { Database, Sql } from '../stores.ts'
import { type Migration, readMigrations } from './read-migrations.ts'

/** Any constant: all processes that migrate a database wait for the one that holds this advisory lock. */
const MIGRATION_LOCK = 6_203_917_024_113

const bootstrap = `
  CREATE SCHEMA IF NOT EXISTS kit;
  CREATE TABLE IF NOT EXISTS kit.migration (
    scope text NOT NULL, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (scope, name));`

/**
 * Brings the database up to date: the kit's own tables, then the service's migrations, each file once, in order, in a
 * transaction of its own. Throws a fault `migration.changed` when an applied file is gone or reads otherwise now.
 */
export const migrate = async (database: Database, serviceMigrations: URL): Promise<readonly string[]> => {
  await locked(database, (tx) => tx.query(bootstrap))
  const own = await applyAll(database, 'kit', await readMigrations(new URL('./sql/', import.meta.url)))
  const service = await applyAll(database, 'service', await readMigrations(serviceMigrations))
  await database.transaction(refuseForeignLog)
  await locked(database, (tx) => tx.query(grantReaders))
  return [...own, ...service]
}

const locked = <T>(database: Database, work: (tx: Sql) => Promise<T>): Promise<T> =>
  database.transaction(async (tx) => {
    await tx.query('SET LOCAL statement_timeout = 0')
    await tx.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    return work(tx)
  })

const applyAll = async (database: Database, scope: string, migrations: readonly Migration[]) => {
  const applied = await database.query<{ name: string; checksum: string }>(
    'SELECT name, checksum FROM kit.migration WHERE scope = $1 ORDER BY name',
    [scope],
  )
  refuseChanged(applied, migrations)
  const fresh = migrations.slice(applied.length)
  for (const migration of fresh) await locked(database, (tx) => applyOnce(tx, scope, migration))
  return fresh.map(({ name }) => name)
}

const refuseChanged = (
  applied: readonly { readonly name: string; readonly checksum: string }[],
  migrations: readonly Migration[],
) => {
  for (const [at, { name, checksum }] of applied.entries()) {
    const file = migrations[at]
    if (file?.name === name && file.checksum === checksum) continue
    throw new Fault(
      'migration.changed',
      `The applied migration ${name} is gone or has changed; add a new file instead.`,
    )
  }
}

const applyOnce = async (tx: Sql, scope: string, { name, text, checksum }: Migration) => {
  const taken = await tx.query(
    'INSERT INTO kit.migration (scope, name, checksum) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING name',
    [scope, name, checksum],
  )
  if (taken.length === 0) return
  await tx.query(text)
  // In the same transaction as the log itself, so that a reader finds it either not made yet or open to it.
  if (scope === 'kit') await tx.query(grantReaders)
}

/** Transaction ids restart in a new server: after a logical restore, new facts would sort before those already read. */
const refuseForeignLog = async (tx: Sql) => {
  const [row] = await tx.query<{ foreign: boolean }>(
    `SELECT coalesce(max(newest.xid) > pg_current_xact_id(), false) AS foreign FROM (
       SELECT (SELECT max(xid) FROM events.log l WHERE l.topic = a.topic) AS xid
       FROM (SELECT DISTINCT topic FROM events.aggregate) a) AS newest`,
    [],
  )
  if (row?.foreign) {
    throw new Fault(
      'migration.foreign-log',
      'The event log was restored from another server; restore a physical backup.',
    )
  }
}

/** Consumers read this log through one group role, where the server has it. */
const grantReaders = `DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'knowton_event_readers') THEN
    GRANT USAGE ON SCHEMA events TO knowton_event_readers;
    GRANT SELECT ON events.log TO knowton_event_readers;
  END IF;
END $$`
