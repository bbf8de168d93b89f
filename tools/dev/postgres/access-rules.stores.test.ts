import { execFile } from 'node:child_process'
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { accessRules, databasePlans } from '@knowton/derive'
import { platform } from '@knowton/system'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres, type TestPostgres } from '../../testing/start-postgres.ts'

const NOBODY = 65_534
const PASSWORD = 'a password of the test'
const plans = databasePlans(platform)
let folder: string
let server: TestPostgres

/** A server with TLS and the rules that clusters get; the superuser, who comes in first, stands for the operator. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knowton-access-'))
  const hba = join(folder, 'pg_hba.conf')
  const cert = join(folder, 'tls.crt')
  const key = join(folder, 'tls.key')
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1']
  await promisify(execFile)('openssl', [...request, '-subj', '/CN=localhost', '-keyout', key, '-out', cert])
  await writeFile(hba, ['hostssl all postgres all trust', ...accessRules(platform), ''].join('\n'))
  await chmod(key, 0o600)
  if (process.getuid?.() === 0) await Promise.all([folder, hba, cert, key].map((path) => chown(path, NOBODY, NOBODY)))
  server = await startPostgres([`hba_file=${hba}`, 'ssl=on', `ssl_cert_file=${cert}`, `ssl_key_file=${key}`])
  const operator = await connect({ user: 'postgres', database: 'postgres' })
  for (const { role, database } of plans) {
    await operator.query(`CREATE ROLE ${role} LOGIN PASSWORD ${pg.escapeLiteral(PASSWORD)}`)
    await operator.query(`CREATE DATABASE ${database} OWNER ${role}`)
  }
  await operator.end()
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true })
})

const connect = async (as: {
  user: string
  database: string
  tls?: boolean
  password?: string
}): Promise<pg.Client> => {
  const { hostname, port } = new URL(server.url)
  const ssl = as.tls === false ? false : { rejectUnauthorized: false }
  const client = new pg.Client({ host: hostname, port: Number(port), password: PASSWORD, ...as, ssl })
  await client.connect()
  return client
}

/** `in`, or the SQLSTATE of the refusal: 28000 by rule, 28P01 by password. */
const outcome = (as: Parameters<typeof connect>[0]): Promise<unknown> =>
  connect(as).then(
    async (client) => {
      await client.end()
      return 'in'
    },
    (error: unknown) => (error instanceof pg.DatabaseError ? error.code : error),
  )

test('each service is let into its own database and those whose log it reads, and into no other', async () => {
  const found = await Promise.all(
    plans.flatMap(({ role: user }) =>
      plans.map(async ({ database }) => [user, database, await outcome({ user, database })] as const),
    ),
  )
  const declared = plans.flatMap(({ role: user }) =>
    plans.map(({ database, role, readers }) => [user, database, [role, ...readers].includes(user) ? 'in' : '28000']),
  )
  expect(found).toEqual(declared)
  expect(new Set(found.map(([, , code]) => code))).toEqual(new Set(['in', '28000']))
})

test('nobody is let in without TLS, with a wrong password, or into a database of the server itself', async () => {
  const [{ role: user, database } = { role: '', database: '' }] = plans
  expect(await outcome({ user, database, tls: false })).toBe('28000')
  expect(await outcome({ user, database, password: 'another' })).toBe('28P01')
  expect(await outcome({ user, database: 'postgres' })).toBe('28000')
})
