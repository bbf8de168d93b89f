import type { AccountId, Hex } from '@knowton/core'
import { type Share, statusOf, tokenUriOf, type WorkKind, type WorkStatus } from '@knowton/domain/work'
import type { Sql } from '@knowton/kit'

/** A work with what the chain says of it. */
export type Work = {
  readonly id: string
  readonly state: WorkStatus
  readonly creator: AccountId
  readonly title: string
  readonly description: string
  readonly fileName: string
  readonly kind: WorkKind
  readonly mediaType: string
  readonly sizeBytes: number
  readonly contentHash: Hex
  readonly cid: string
  readonly shares: Share[]
  readonly royaltyBps: number
  readonly royaltyReceiver: Hex
  readonly tokenId: bigint
  readonly uriHash: Hex
  readonly tokenUri: string
  readonly owner: Hex | null
  readonly mintRequestId: string | null
  readonly mintFailure: string | null
  readonly transactionHash: Hex | null
  readonly createdAt: Date
}

type WorkRow = {
  readonly sequence: bigint
  readonly id: string
  readonly creator: AccountId
  readonly title: string
  readonly description: string
  readonly file_name: string
  readonly kind: WorkKind
  readonly media_type: string
  readonly size_bytes: bigint
  readonly content_hash: Hex
  readonly cid: string
  readonly shares: Share[]
  readonly royalty_bps: number
  readonly royalty_receiver: Hex
  readonly token_id: bigint
  readonly uri_hash: Hex
  readonly mint_request_id: string | null
  readonly failure_says: string | null
  readonly transaction_hash: Hex | null
  readonly owner: Hex | null
  readonly created_at: Date
}

/** Selects `WorkRow`s; a condition on `w` (work) may follow. */
const SELECT_WORKS = `
  SELECT w.sequence, w.id, w.creator, w.title, w.description, u.file_name, u.kind, u.media_type, u.size_bytes,
    w.content_hash, u.cid, w.shares, w.royalty_bps, w.royalty_receiver, w.token_id, w.uri_hash, w.mint_request_id,
    r.failure_says, m.transaction_hash, coalesce(t.owner, m.owner) AS owner, w.created_at
  FROM work w
  JOIN upload u ON u.id = w.upload_id
  LEFT JOIN mint_request r ON r.id = w.mint_request_id
  LEFT JOIN LATERAL (
    SELECT transaction_hash, owner FROM token_mint
    WHERE token_id = w.token_id AND content_hash = w.content_hash ORDER BY block_number DESC LIMIT 1
  ) m ON true
  LEFT JOIN LATERAL (
    SELECT owner FROM token_transfer WHERE token_id = w.token_id ORDER BY epoch DESC, block_number DESC LIMIT 1
  ) t ON true`

const ZERO_ADDRESS = `0x${'0'.repeat(40)}`

/** The work of a row. */
export const toWork = (row: WorkRow): Work => {
  const state = statusOf({
    isMinted: row.transaction_hash !== null,
    isRequested: row.mint_request_id !== null,
    isFailed: row.failure_says !== null,
  })
  return {
    id: row.id,
    state,
    creator: row.creator,
    title: row.title,
    description: row.description,
    fileName: row.file_name,
    kind: row.kind,
    mediaType: row.media_type,
    sizeBytes: Number(row.size_bytes),
    contentHash: row.content_hash,
    cid: row.cid,
    shares: row.shares,
    royaltyBps: row.royalty_bps,
    royaltyReceiver: row.royalty_receiver,
    tokenId: row.token_id,
    uriHash: row.uri_hash,
    tokenUri: tokenUriOf(row.uri_hash),
    owner: state === 'minted' && row.owner !== ZERO_ADDRESS ? row.owner : null,
    mintRequestId: row.mint_request_id,
    mintFailure: state === 'mint-failed' ? row.failure_says : null,
    transactionHash: row.transaction_hash,
    createdAt: row.created_at,
  }
}

/** A work by its id. */
export const findWork = async (sql: Sql, id: string): Promise<Work | undefined> => {
  const [row] = await sql.query<WorkRow>(`${SELECT_WORKS} WHERE w.id = $1`, [id])
  return row && toWork(row)
}

/** At most `limit` works, newest first, of all or of one creator: those before the sequence number `before`. */
export const listWorkRows = (
  sql: Sql,
  { creator }: { readonly creator?: AccountId | undefined },
  before: bigint,
  limit: number,
): Promise<readonly WorkRow[]> =>
  sql.query<WorkRow>(
    `${SELECT_WORKS} WHERE w.sequence < $1 AND ($2::text IS NULL OR w.creator = $2) ORDER BY w.sequence DESC LIMIT $3`,
    [before, creator ?? null, limit],
  )

/** The metadata of a work, the very bytes, and their hash. */
export const findMetadata = async (
  sql: Sql,
  id: string,
): Promise<{ readonly metadata: Uint8Array; readonly uriHash: Hex } | undefined> => {
  const [row] = await sql.query<{ readonly metadata: Uint8Array; readonly uri_hash: Hex }>(
    'SELECT metadata, uri_hash FROM work WHERE id = $1',
    [id],
  )
  return row && { metadata: row.metadata, uriHash: row.uri_hash }
}

/** Under which key the file of a work is stored. */
export const getFileKey = async (sql: Sql, workId: string): Promise<string> => {
  const [row] = await sql.query<{ readonly file_key: string }>(
    'SELECT u.file_key FROM work w JOIN upload u ON u.id = w.upload_id WHERE w.id = $1',
    [workId],
  )
  if (row === undefined) throw new Error(`work ${workId} has no upload`)
  return row.file_key
}

/** The id of a creator's work with these bytes, or with the token id that they lead to. */
export const findTwin = async (
  sql: Sql,
  twin: { readonly creator: AccountId; readonly contentHash: Hex; readonly tokenId: bigint },
): Promise<string | undefined> => {
  const [row] = await sql.query<{ readonly id: string }>(
    'SELECT id FROM work WHERE (creator = $1 AND content_hash = $2) OR token_id = $3',
    [twin.creator, twin.contentHash, twin.tokenId],
  )
  return row?.id
}

export type NewWork = Pick<
  Work,
  | 'id'
  | 'creator'
  | 'title'
  | 'description'
  | 'contentHash'
  | 'tokenId'
  | 'shares'
  | 'royaltyBps'
  | 'royaltyReceiver'
  | 'uriHash'
  | 'createdAt'
> & { readonly uploadId: string; readonly metadata: Uint8Array }

/** Keeps a new work; false when the creator has one with these bytes. */
export const insertWork = async (tx: Sql, work: NewWork): Promise<boolean> => {
  const rows = await tx.query(
    `INSERT INTO work (id, creator, upload_id, title, description, content_hash, token_id, shares, royalty_bps,
       royalty_receiver, metadata, uri_hash, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING RETURNING id`,
    [
      work.id,
      work.creator,
      work.uploadId,
      work.title,
      work.description,
      work.contentHash,
      work.tokenId,
      JSON.stringify(work.shares),
      work.royaltyBps,
      work.royaltyReceiver,
      work.metadata,
      work.uriHash,
      work.createdAt,
    ],
  )
  return rows.length > 0
}
