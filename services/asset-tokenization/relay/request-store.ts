import { createHash } from 'node:crypto'
import { Fault, type Hex, type PayloadOf } from '@knowton/core'
import type { Database, Log, Sql } from '@knowton/kit'
import { assetTokenization } from '@knowton/system'
import * as z from 'zod'
import type { Declared } from '../ports.ts'

type Consumes = Declared['consumes']
export type MintRequest = PayloadOf<Consumes['mintRequested']>
export type SettlementRequest = PayloadOf<Consumes['ordersMatched']>

/** Something the platform is asked to bring to the chain. */
export type RelayRequest =
  | { readonly work: 'mint'; readonly payload: MintRequest }
  | { readonly work: 'settlement'; readonly payload: SettlementRequest }

/** The channel on which newly stored requests are told. */
export const REQUESTS_CHANNEL = 'relay_requests'

/** The channel on which changes of relayed requests are told to whoever watches them. */
export const CHANGES_CHANNEL = 'relay_changes'

/** Tells watchers that requests have changed; a lost hint costs them one polling interval. */
export const announceChanges = (db: Database, log: Log): void => {
  db.query("SELECT pg_notify($1, '')", [CHANGES_CHANNEL]).catch((error: unknown) => {
    log.warn('watchers of relayed requests were not told of a change', { error })
  })
}

/**
 * Stores requests; those stored before change nothing. Throws a fault for an id that came before with another content.
 */
export const enqueue = async (tx: Sql, requests: readonly RelayRequest[], now: Date): Promise<void> => {
  const rows = requests.map(toRow)
  await tx.query(
    `INSERT INTO relay_request (request_id, request_hash, work, payload, state, updated_at)
     SELECT request_id, decode(request_hash, 'hex'), work, payload, 'queued', $2
     FROM jsonb_to_recordset($1::jsonb) AS r(request_id uuid, request_hash text, work text, payload jsonb)
     ON CONFLICT (request_id) DO NOTHING`,
    [JSON.stringify(rows), now],
  )
  const [other] = await tx.query<{ id: string }>(
    `SELECT r.request_id AS id FROM jsonb_to_recordset($1::jsonb) AS r(request_id uuid, request_hash text)
     JOIN relay_request stored USING (request_id) WHERE stored.request_hash <> decode(r.request_hash, 'hex')`,
    [JSON.stringify(rows)],
  )
  if (other !== undefined) {
    throw new Fault('relay.request-differs', `The request ${other.id} was made before with another content.`)
  }
  await tx.query("SELECT pg_notify($1, '')", [REQUESTS_CHANNEL])
}

const toRow = (request: RelayRequest) => {
  const payload = toWire(request)
  return {
    request_id: request.payload.requestId,
    request_hash: createHash('sha256').update(JSON.stringify(payload)).digest('hex'),
    work: request.work,
    payload,
  }
}

const { mintRequested, ordersMatched } = assetTokenization.consumes

const toWire = (request: RelayRequest): unknown =>
  request.work === 'mint'
    ? z.encode(mintRequested.payload, request.payload)
    : z.encode(ordersMatched.payload, request.payload)

/** A stored request that waits to be sent. */
export type Queued<Payload> = { readonly id: bigint; readonly payload: Payload }

const queuedOf = async (sql: Sql, work: RelayRequest['work'], limit: number) =>
  sql.query<{ id: bigint; payload: unknown }>(
    `SELECT sequence AS id, payload FROM relay_request WHERE state = 'queued' AND work = $1 ORDER BY sequence LIMIT $2`,
    [work, limit],
  )

/** The oldest mints that wait. */
export const queuedMints = async (sql: Sql, limit: number): Promise<readonly Queued<MintRequest>[]> =>
  (await queuedOf(sql, 'mint', limit)).map(({ id, payload }) => ({ id, payload: mintRequested.payload.parse(payload) }))

/** The oldest settlements that wait. */
export const queuedSettlements = async (sql: Sql, limit: number): Promise<readonly Queued<SettlementRequest>[]> =>
  (await queuedOf(sql, 'settlement', limit)).map(({ id, payload }) => ({
    id,
    payload: ordersMatched.payload.parse(payload),
  }))

/** The requests that transaction `transactionId` carries, by their sequence. */
export const requestsOf = async (sql: Sql, transactionId: bigint): Promise<readonly bigint[]> => {
  const rows = await sql.query<{ id: bigint }>('SELECT sequence AS id FROM relay_request WHERE transaction_id = $1', [
    transactionId,
  ])
  return rows.map(({ id }) => id)
}

/** The settlements that transaction `transactionId` carries. */
export const settlementsOf = async (sql: Sql, transactionId: bigint): Promise<readonly Queued<SettlementRequest>[]> => {
  const rows = await sql.query<{ id: bigint; payload: unknown }>(
    `SELECT sequence AS id, payload FROM relay_request WHERE transaction_id = $1 AND work = 'settlement'
     ORDER BY sequence`,
    [transactionId],
  )
  return rows.map(({ id, payload }) => ({ id, payload: ordersMatched.payload.parse(payload) }))
}

/** The mint requests that wait or went out for a token, newest first. */
export const mintRequestOf = async (sql: Sql, tokenId: bigint): Promise<MintRequest | undefined> => {
  const [row] = await sql.query<{ payload: unknown }>(
    `SELECT payload FROM relay_request WHERE work = 'mint' AND payload ->> 'tokenId' = $1 ORDER BY sequence DESC LIMIT 1`,
    [tokenId.toString()],
  )
  return row === undefined ? undefined : mintRequested.payload.parse(row.payload)
}

/** Why a request has not taken effect. */
export type Failure = { readonly code: string; readonly says: string }

/** How far a request is, with the transaction that carries it. */
export type RelayView = {
  readonly requestId: string
  readonly work: 'mint' | 'settlement'
  readonly state: 'queued' | 'signed' | 'sent' | 'confirmed' | 'final' | 'failed'
  readonly transactionHashes: Hex[]
  readonly blockNumber: number | null
  readonly gasUsed: bigint | null
  readonly gasPriceWei: bigint | null
  readonly failure: Failure | null
  readonly updatedAt: Date
}

type ViewRow = Omit<RelayView, 'blockNumber' | 'failure'> & {
  readonly blockNumber: bigint | null
  readonly failureCode: string | null
  readonly failureSays: string | null
}

/** Looks a request up; undefined when nothing was asked for under this id. */
export const findRequest = async (sql: Sql, requestId: string): Promise<RelayView | undefined> => {
  const [row] = await sql.query<ViewRow>(
    `SELECT r.request_id AS "requestId", r.work, r.state, t.block_number AS "blockNumber", t.gas_used AS "gasUsed",
       t.gas_price_wei AS "gasPriceWei", r.failure_code AS "failureCode", r.failure_says AS "failureSays",
       r.updated_at AS "updatedAt",
       array(SELECT hash FROM relay_attempt a WHERE a.transaction_id = t.id ORDER BY number) AS "transactionHashes"
     FROM relay_request r LEFT JOIN relay_transaction t ON t.id = r.transaction_id WHERE r.request_id = $1`,
    [requestId],
  )
  if (row === undefined) return undefined
  const { failureCode, failureSays, blockNumber, ...rest } = row
  const failure = failureCode === null ? null : { code: failureCode, says: failureSays ?? '' }
  return { ...rest, failure, blockNumber: blockNumber === null ? null : Number(blockNumber) }
}
