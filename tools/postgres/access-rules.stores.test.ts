import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { accessRules, databasePlans } from '@knowton/derive'
import { platform } from '@knowton/system'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres, type TestPostgres } from '../testing/start-postgres.ts'

const PASSWORD = 'a password of the test'
const plans = databasePlans(platform)
let server: TestPostgres

/** A server with TLS and the rules that clusters get; the superuser, who comes in first, stands for the operator. */
beforeAll(async () => {
  const { key, certificate } = await selfSigned()
  server = await startPostgres(['ssl=on'], {
    hba_file: ['hostssl all postgres all trust', ...accessRules(platform), ''].join('\n'),
    ssl_cert_file: certificate,
    ssl_key_file: key,
  })
  const operator = await connect({ user: 'postgres', database: 'postgres' })
  for (const { role, database } of plans) {
    await operator.query(`CREATE ROLE ${role} LOGIN PASSWORD ${pg.escapeLiteral(PASSWORD)}`)
    await operator.query(`CREATE DATABASE ${database} OWNER ${role}`)
  }
  await operator.end()
})
afterAll(() => server.stop())

const selfSigned = async (): Promise<{ readonly key: string; readonly certificate: string }> => {
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1']
  const { stdout } = await promisify(execFile)('openssl', [...request, '-subj', '/CN=localhost', '-keyout', '-'])
  const [key = '', certificate = ''] = stdout.split(/(?=-----BEGIN CERTIFICATE-----)/)
  return { key, certificate }
}

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
