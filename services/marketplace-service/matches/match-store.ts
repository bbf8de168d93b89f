import type { Hex, OutputOf } from '@knowton/core'
import type { Sql } from '@knowton/kit'
import type { Declared } from '../ports.ts'

/** A match as the API shows it. */
export type MatchView = OutputOf<Declared['routes']['listMatches']>['items'][number]

export type MatchRow = {
  readonly id: bigint
  readonly request_id: string
  readonly collection: Hex
  readonly currency: Hex
  readonly token_id: bigint
  readonly price: bigint
  readonly ask_hash: Hex
  readonly bid_hash: Hex
  readonly seller: Hex
  readonly buyer: Hex
  readonly state: MatchView['state']
  readonly finality: MatchView['finality']
  readonly transaction_hash: Hex | null
  readonly failure: string | null
  readonly matched_at: Date
}

/** The columns of a `MatchRow`. */
const matchColumns = `id, request_id, collection, currency, token_id, price, ask_hash, bid_hash, seller, buyer, state,
  finality, transaction_hash, failure, matched_at`

/** A row as the API shows it. */
export const toMatchView = (row: MatchRow): MatchView => ({
  requestId: row.request_id,
  collection: row.collection,
  tokenId: row.token_id,
  currency: row.currency,
  price: row.price,
  askHash: row.ask_hash,
  bidHash: row.bid_hash,
  seller: row.seller,
  buyer: row.buyer,
  state: row.state,
  finality: row.finality,
  transactionHash: row.transaction_hash,
  failure: row.failure,
  matchedAt: row.matched_at,
})

/** Keeps a new match, its two reservations made in the same transaction. */
export const insertMatch = async (tx: Sql, match: MatchView): Promise<void> => {
  await tx.query(
    `INSERT INTO order_match (request_id, collection, currency, token_id, price, ask_hash, bid_hash, seller, buyer, state, matched_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'settling', $10)`,
    [
      match.requestId,
      match.collection,
      match.currency,
      match.tokenId,
      match.price,
      match.askHash,
      match.bidHash,
      match.seller,
      match.buyer,
      match.matchedAt,
    ],
  )
}

/** The match with an id; undefined when there is none. */
export const findMatch = async (sql: Sql, requestId: string): Promise<MatchRow | undefined> =>
  (await sql.query<MatchRow>(`SELECT ${matchColumns} FROM order_match WHERE request_id = $1`, [requestId]))[0]

/** The match that a trade of the chain settles: one under way, else the latest that was thought failed. */
export const findMatchOfTrade = async (sql: Sql, askHash: Hex, bidHash: Hex): Promise<MatchRow | undefined> =>
  (
    await sql.query<MatchRow>(
      `SELECT ${matchColumns} FROM order_match WHERE ask_hash = $1 AND bid_hash = $2 AND state <> 'settled'
       ORDER BY state = 'settling' DESC, id DESC LIMIT 1`,
      [askHash, bidHash],
    )
  )[0]

/** Matches whose row is older than `before`, newest first, at most `limit`; `account` sold or bought. */
export const listMatchRows = (
  sql: Sql,
  wanted: { readonly tokenId?: bigint | undefined; readonly account?: Hex | undefined },
  before: bigint,
  limit: number,
): Promise<readonly MatchRow[]> =>
  sql.query<MatchRow>(
    `SELECT ${matchColumns} FROM order_match
     WHERE id < $1 AND ($2::numeric IS NULL OR token_id = $2) AND ($3::text IS NULL OR seller = $3 OR buyer = $3)
     ORDER BY id DESC LIMIT $4`,
    [before, wanted.tokenId ?? null, wanted.account ?? null, limit],
  )

/** Keeps how far a match has come. */
export const saveMatch = async (
  tx: Sql,
  requestId: string,
  progress: Pick<MatchView, 'state' | 'finality' | 'transactionHash' | 'failure'>,
): Promise<void> => {
  await tx.query(
    'UPDATE order_match SET state = $2, finality = $3, transaction_hash = $4, failure = $5 WHERE request_id = $1',
    [requestId, progress.state, progress.finality, progress.transactionHash, progress.failure],
  )
}

/** What matches under way will take from an account in a currency, `except` one of them: base units. */
export const sumCommitted = async (sql: Sql, buyer: Hex, currency: Hex, except?: string): Promise<bigint> => {
  const [row] = await sql.query<{ readonly total: bigint }>(
    `SELECT coalesce(sum(price), 0) AS total FROM order_match
     WHERE buyer = $1 AND currency = $2 AND state = 'settling' AND request_id IS DISTINCT FROM $3::uuid`,
    [buyer, currency, except ?? null],
  )
  return row?.total ?? 0n
}
