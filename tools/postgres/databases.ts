import type { DatabasePlan } from '@knowton/derive'
import { EVENT_READERS } from '@knowton/derive'
import pg from 'pg'

/**
 * Makes each service's role and database, and lets into each database exactly its owner and the declared readers of its
 * event log. Does again, without harm, what is done already.
 */
export const ensureDatabases = async (
  url: string,
  plans: readonly DatabasePlan[],
  passwords: Readonly<Record<string, string>>,
): Promise<void> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const roles = await names(client, 'SELECT rolname AS name FROM pg_roles')
    const databases = await names(client, 'SELECT datname AS name FROM pg_database')
    if (!roles.has(EVENT_READERS)) await client.query(`CREATE ROLE ${id(EVENT_READERS)} NOLOGIN`)
    for (const { role } of plans) {
      const verb = roles.has(role) ? 'ALTER' : 'CREATE'
      await client.query(`${verb} ROLE ${id(role)} LOGIN PASSWORD ${pg.escapeLiteral(passwords[role] ?? '')}`)
    }
    for (const { database, role } of plans) {
      if (!databases.has(database)) await client.query(`CREATE DATABASE ${id(database)} OWNER ${id(role)}`)
    }
    await client.query(plans.map(grants).join(''))
  } finally {
    await client.end()
  }
}

const grants = ({ database, role, readers }: DatabasePlan): string => {
  const allowed = [role, ...readers].map(id).join(', ')
  return [
    `REVOKE ALL ON DATABASE ${id(database)} FROM PUBLIC, ${id(EVENT_READERS)};`,
    `GRANT CONNECT ON DATABASE ${id(database)} TO ${allowed};`,
    ...readers.map((reader) => `GRANT ${id(EVENT_READERS)} TO ${id(reader)};`),
  ].join('\n')
}

const id = (name: string): string => pg.escapeIdentifier(name)

const names = async (client: pg.Client, query: string): Promise<ReadonlySet<string>> => {
  const { rows } = await client.query<{ name: string }>(query)
  return new Set(rows.map((row) => row.name))
}
