import type { Receipt, SignedTransaction } from '@knowton/adapters/chain'
import type { Hex } from '@knowton/core'
import type { Sql } from '@knowton/kit'
import type { Fees } from './fees.ts'
import type { Lease } from './lease.ts'
import type { Failure } from './request-store.ts'

/** What a transaction of ours is for; a gap fills a nonce that nothing else uses. */
export type Purpose = 'splitter' | 'mint' | 'settlement' | 'gap'

/** A transaction before it has a nonce. */
export type Draft = {
  readonly purpose: Purpose
  /** For a splitter: its address. */
  readonly subject: Hex | null
  readonly to: Hex
  readonly data: Hex
  readonly gas: bigint
  /** The requests it carries out, by their sequence. */
  readonly requests: readonly bigint[]
}

/** Something signed for a transaction. All of them stay: any may be the one that is mined. */
export type Attempt = Fees & { readonly hash: Hex; readonly raw: Hex; readonly signedAt: Date }

/** A transaction that is not mined, with its attempts, the newest last. */
export type OpenTransaction = {
  readonly id: bigint
  readonly nonce: number
  readonly purpose: Purpose
  readonly to: Hex
  readonly data: Hex
  readonly gas: bigint
  readonly state: 'signed' | 'sent'
  readonly attempts: readonly Attempt[]
}

/** Takes the account's next nonce; it is given back if `tx` rolls back. */
export const takeNonce = async (tx: Sql, { signer }: Lease): Promise<number> => {
  const [row] = await tx.query<{ nonce: bigint }>(
    'UPDATE relay_signer SET next_nonce = next_nonce + 1 WHERE address = $1 RETURNING next_nonce - 1 AS nonce',
    [signer],
  )
  return Number(row?.nonce)
}

/** Stores a transaction with the first thing signed for it, and ties its requests to it. */
export const insertTransaction = async (
  tx: Sql,
  { signer }: Lease,
  nonce: number,
  { purpose, subject, to, data, gas, requests }: Draft,
  attempt: Attempt,
): Promise<void> => {
  const [row] = await tx.query<{ id: bigint }>(
    `INSERT INTO relay_transaction (signer, nonce, purpose, subject, to_address, data, gas, state)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'signed') RETURNING id`,
    [signer, nonce, purpose, subject, to, data, gas],
  )
  if (row === undefined) return
  await insertAttempt(tx, row.id, attempt)
  await tx.query(
    `UPDATE relay_request SET state = 'signed', transaction_id = $1, updated_at = $3 WHERE sequence = ANY($2)`,
    [row.id, requests, attempt.signedAt],
  )
}

/** Stores what was signed for a transaction, before it is sent. */
export const insertAttempt = async (tx: Sql, transactionId: bigint, attempt: Attempt): Promise<void> => {
  await tx.query(
    `INSERT INTO relay_attempt
     SELECT $1, count(*), $2, $3, $4, $5, $6 FROM relay_attempt WHERE transaction_id = $1`,
    [
      transactionId,
      attempt.hash,
      attempt.raw,
      attempt.maxFeePerGasWei,
      attempt.maxPriorityFeePerGasWei,
      attempt.signedAt,
    ],
  )
  await tx.query(`UPDATE relay_transaction SET state = 'signed' WHERE id = $1`, [transactionId])
}

/** An attempt as it is stored. */
export const toAttempt = (signed: SignedTransaction, fees: Fees, signedAt: Date): Attempt => ({
  ...signed,
  ...fees,
  signedAt,
})

type OpenRow = Omit<OpenTransaction, 'attempts' | 'nonce'> & Attempt & { readonly nonce: bigint }

/** The account's transactions that are not mined, by nonce. */
export const openTransactions = async (sql: Sql, { signer }: Lease): Promise<readonly OpenTransaction[]> => {
  const rows = await sql.query<OpenRow>(
    `SELECT t.id, t.nonce, t.purpose, t.to_address AS to, t.data, t.gas, t.state, a.hash, a.raw,
       a.max_fee_per_gas_wei AS "maxFeePerGasWei", a.max_priority_fee_per_gas_wei AS "maxPriorityFeePerGasWei",
       a.signed_at AS "signedAt"
     FROM relay_transaction t JOIN relay_attempt a ON a.transaction_id = t.id
     WHERE t.signer = $1 AND t.state IN ('signed', 'sent') ORDER BY t.nonce, a.number`,
    [signer],
  )
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((attempts) => {
    const [row] = attempts
    return row === undefined ? [] : [{ ...row, nonce: Number(row.nonce), attempts }]
  })
}

/** Notes that the node took the newest attempt of these transactions. */
export const markSent = async (tx: Sql, ids: readonly bigint[], now: Date): Promise<void> => {
  await tx.query(`UPDATE relay_transaction SET state = 'sent' WHERE id = ANY($1) AND state = 'signed'`, [ids])
  await tx.query(
    `UPDATE relay_request SET state = 'sent', updated_at = $2 WHERE transaction_id = ANY($1) AND state = 'signed'`,
    [ids, now],
  )
}

/** Notes in which block a transaction was mined. */
export const markMined = async (tx: Sql, id: bigint, receipt: Receipt): Promise<void> => {
  await tx.query(
    `UPDATE relay_transaction SET state = 'mined', block_number = $2, block_hash = $3, mined_hash = $4, succeeded = $5,
       gas_used = $6, gas_price_wei = $7 WHERE id = $1`,
    [
      id,
      receipt.blockNumber,
      receipt.blockHash,
      receipt.transactionHash,
      receipt.succeeded,
      receipt.gasUsed,
      receipt.gasPriceWei,
    ],
  )
}

/** Notes that the transaction of a request was mined, and why it did not take effect when it did not. */
export const confirmRequests = async (
  tx: Sql,
  transactionId: bigint,
  failures: readonly { readonly id: bigint; readonly failure: Failure }[],
  now: Date,
): Promise<void> => {
  await tx.query(
    `UPDATE relay_request SET state = 'confirmed', updated_at = $4, failure_code = f.code, failure_says = f.says
     FROM relay_request r LEFT JOIN jsonb_to_recordset($2::jsonb) AS f(id bigint, code text, says text)
       ON f.id = r.sequence
     WHERE relay_request.sequence = r.sequence AND r.transaction_id = $1 AND r.state = ANY($3)`,
    [
      transactionId,
      JSON.stringify(failures.map(({ id, failure }) => ({ id: id.toString(), ...failure }))),
      ['signed', 'sent'],
      now,
    ],
  )
}

/** A request that will never take effect. */
export type FailedRequest = Failure & {
  readonly requestId: string
  readonly work: 'mint' | 'settlement'
  readonly transactionHash: Hex | null
}

/** Ends what was mined in a finalized block; returns the requests that turned out to have failed, and how many ended. */
export const finalize = async (
  tx: Sql,
  { signer }: Lease,
  finalizedNumber: number,
  now: Date,
): Promise<{ readonly ended: number; readonly failed: readonly FailedRequest[] }> => {
  const rows = await tx.query<FailedRequest & { readonly state: string }>(
    `WITH ended AS (
       UPDATE relay_transaction SET state = 'final' WHERE signer = $1 AND state = 'mined' AND block_number <= $2
       RETURNING id, mined_hash
     )
     UPDATE relay_request SET state = CASE WHEN failure_code IS NULL THEN 'final' ELSE 'failed' END, updated_at = $3
     FROM ended WHERE transaction_id = ended.id AND state = 'confirmed'
     RETURNING state, request_id AS "requestId", work, failure_code AS code, failure_says AS says,
       ended.mined_hash AS "transactionHash"`,
    [signer, finalizedNumber, now],
  )
  return { ended: rows.length, failed: rows.filter(({ state }) => state === 'failed') }
}

/** Gives up requests that were never sent. */
export const failQueued = async (
  tx: Sql,
  failures: readonly { readonly id: bigint; readonly failure: Failure }[],
  now: Date,
): Promise<readonly FailedRequest[]> =>
  tx.query<FailedRequest>(
    `UPDATE relay_request r SET state = 'failed', failure_code = f.code, failure_says = f.says, updated_at = $2
     FROM jsonb_to_recordset($1::jsonb) AS f(id bigint, code text, says text)
     WHERE r.sequence = f.id AND r.state = 'queued'
     RETURNING r.request_id AS "requestId", r.work, f.code, f.says, NULL AS "transactionHash"`,
    [JSON.stringify(failures.map(({ id, failure }) => ({ id: id.toString(), ...failure }))), now],
  )

/** Which of these splitters a transaction of ours is on its way to deploy, or has deployed. */
export const splittersUnderWay = async (sql: Sql, splitters: readonly Hex[]): Promise<ReadonlySet<Hex>> => {
  const rows = await sql.query<{ subject: Hex }>(
    `SELECT subject FROM relay_transaction
     WHERE purpose = 'splitter' AND subject = ANY($1) AND state IN ('signed', 'sent')`,
    [splitters],
  )
  return new Set(rows.map(({ subject }) => subject))
}

/** Nonces below the account's next one that no stored transaction has. */
export const missingNonces = async (sql: Sql, { signer }: Lease, from: number): Promise<readonly number[]> => {
  const rows = await sql.query<{ nonce: bigint }>(
    `SELECT nonce FROM relay_signer, generate_series($2::bigint, next_nonce - 1) AS nonce
     WHERE address = $1 AND NOT EXISTS (SELECT FROM relay_transaction t WHERE t.signer = $1 AND t.nonce = nonce.nonce)`,
    [signer, from],
  )
  return rows.map(({ nonce }) => Number(nonce))
}

/** The next nonce the account will use, by our books. */
export const nextNonce = async (sql: Sql, { signer }: Lease): Promise<number> => {
  const [row] = await sql.query<{ nonce: bigint }>('SELECT next_nonce AS nonce FROM relay_signer WHERE address = $1', [
    signer,
  ])
  return Number(row?.nonce)
}

/** Takes back what was mined in the undone blocks above `ancestor`: it is to be sent again, the same bytes. */
export const unconfirmAbove = async (tx: Sql, ancestor: number): Promise<void> => {
  await tx.query(
    `WITH undone AS (
       UPDATE relay_transaction SET state = 'signed', block_number = NULL, block_hash = NULL, mined_hash = NULL,
         succeeded = NULL, gas_used = NULL, gas_price_wei = NULL
       WHERE state = 'mined' AND block_number > $1 RETURNING id
     )
     UPDATE relay_request SET state = 'signed', failure_code = NULL, failure_says = NULL, updated_at = now()
     FROM undone WHERE transaction_id = undone.id`,
    [ancestor],
  )
}
