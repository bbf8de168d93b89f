import { createHash } from 'node:crypto'
import type { Database, Sql } from '../stores.ts'
import { RequestFault } from './request-fault.ts'

/** An answer as it was sent: JSON text and status. */
export type StoredAnswer = { readonly status: number; readonly body: string }

/** What makes two requests the same one. */
export type IdempotentRequest = {
  readonly account: string
  readonly key: string
  readonly method: string
  readonly path: string
  readonly body: unknown
  readonly now: Date
}

/** The `Idempotency-Key` of a request. Throws `idempotency.missing`, or `request.invalid` when it is not 1–200 visible ASCII characters. */
export const idempotencyKeyOf = (header: string | string[] | undefined): string => {
  if (header === undefined || header === '') throw new RequestFault('idempotency.missing')
  if (typeof header === 'string' && /^[\x21-\x7e]{1,200}$/.test(header)) return header
  const message = 'must be 1 to 200 visible ASCII characters'
  throw new RequestFault('request.invalid', { faults: [{ path: 'headers.idempotency-key', message }] })
}

/**
 * Carries out `work` once for each (account, key): its writes and its stored answer commit together, and the same
 * request again gets the stored words. When `work` throws, nothing is stored. Throws `idempotency.reused` for another
 * request under the key and `idempotency.running` while the first is under way.
 */
export const runOnce = async (
  database: Database,
  request: IdempotentRequest,
  work: (tx: Sql) => Promise<StoredAnswer>,
): Promise<StoredAnswer & { readonly replayed: boolean }> => {
  const hash = requestHash(request)
  for (;;) {
    const answer = await database
      .transaction(async (tx) => {
        const earlier = await findAnswer(tx, request)
        if (earlier !== undefined) {
          if (!earlier.hash.equals(hash)) throw new RequestFault('idempotency.reused')
          return { status: earlier.status, body: earlier.body, replayed: true }
        }
        const answered = await work(tx)
        return (await storeAnswer(tx, request, hash, answered))
          ? { ...answered, replayed: false }
          : Promise.reject(overtaken)
      })
      .catch((error: unknown) => {
        if (error === overtaken) return undefined
        throw error
      })
    if (answer !== undefined) return answer
  }
}

/** The same request committed between our snapshot and our lock: roll back and read its answer. */
const overtaken = new Error('overtaken')

type Row = {
  readonly free: boolean
  readonly hash: Buffer | null
  readonly status: number | null
  readonly body: string | null
}

const findAnswer = async (tx: Sql, { account, key }: IdempotentRequest) => {
  const [row] = await tx.query<Row>(
    `SELECT pg_try_advisory_xact_lock($1) AS free, i.request_hash AS hash, i.status, i.body
     FROM (VALUES (1)) AS one LEFT JOIN kit.idempotency i ON i.account = $2 AND i.key = $3`,
    [lockOf(account, key), account, key],
  )
  if (row === undefined || row.hash === null || row.status === null || row.body === null) {
    if (row?.free !== true) throw new RequestFault('idempotency.running')
    return undefined
  }
  return { hash: row.hash, status: row.status, body: row.body }
}

const storeAnswer = async (tx: Sql, { account, key, now }: IdempotentRequest, hash: Buffer, answer: StoredAnswer) => {
  const stored = await tx.query(
    `INSERT INTO kit.idempotency (account, key, request_hash, status, body, created_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT DO NOTHING RETURNING key`,
    [account, key, hash, answer.status, answer.body, now],
  )
  return stored.length > 0
}

const lockOf = (account: string, key: string): bigint =>
  createHash('sha256').update(`${account}\n${key}`).digest().readBigInt64BE()

const requestHash = ({ method, path, body }: IdempotentRequest): Buffer =>
  createHash('sha256')
    .update(`${method}\n${path}\n${canonicalJson(body)}`)
    .digest()

/** JSON with the keys of every object in order: the same body however it was written. */
const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_name, node: unknown) =>
    typeof node === 'object' && node !== null && !Array.isArray(node)
      ? Object.fromEntries(Object.entries(node).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : node,
  ) ?? ''
