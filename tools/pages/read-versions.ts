import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Client } from 'pg'
import * as z from 'zod'

const manifest = z.object({ version: z.string() })
const { resolve } = createRequire(import.meta.url)

/** The version that a running PostgreSQL gives; undefined when it does not answer. */
export const readPostgresVersion = async (url: string): Promise<string | undefined> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1_000, query_timeout: 1_000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version')
    return rows[0]?.server_version
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => {})
  }
}

/** The version of the ClickHouse engine that is installed for this machine; undefined when none is. */
export const readClickhouseVersion = async (): Promise<string | undefined> => {
  const libc = process.platform === 'linux' ? '-gnu' : ''
  try {
    const path = resolve(`@chdb/lib-${process.platform}-${process.arch}${libc}/package.json`)
    return manifest.parse(JSON.parse(await readFile(path, 'utf8'))).version
  } catch {
    return undefined
  }
}
