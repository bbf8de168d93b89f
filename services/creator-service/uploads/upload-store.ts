import type { AccountId, Hex } from '@knowton/core'
import type { WorkKind } from '@knowton/domain/work'
import type { Sql } from '@knowton/kit'
import type { Inspected } from './inspect-file.ts'

/** A file as announced, and how far it has come. */
export type Upload = {
  readonly id: string
  readonly state: 'waiting' | 'receiving' | 'stored' | 'failed'
  readonly fileName: string
  readonly sizeBytes: number
  readonly receivedBytes: number
  readonly announcedSha256: Hex | undefined
  readonly sha256: Hex | null
  readonly cid: string | null
  readonly kind: WorkKind | null
  readonly mediaType: string | null
  readonly failure: string | null
  readonly createdAt: Date
}

type Row = {
  readonly id: string
  readonly state: Upload['state']
  readonly file_name: string
  readonly size_bytes: bigint
  readonly received_bytes: bigint
  readonly announced_sha256: Hex | null
  readonly sha256: Hex | null
  readonly cid: string | null
  readonly kind: WorkKind | null
  readonly media_type: string | null
  readonly failure: string | null
  readonly created_at: Date
}

const COLUMNS =
  'id, state, file_name, size_bytes, received_bytes, announced_sha256, sha256, cid, kind, media_type, failure, created_at'

const toUpload = (row: Row): Upload => ({
  id: row.id,
  state: row.state,
  fileName: row.file_name,
  sizeBytes: Number(row.size_bytes),
  receivedBytes: Number(row.received_bytes),
  announcedSha256: row.announced_sha256 ?? undefined,
  sha256: row.sha256,
  cid: row.cid,
  kind: row.kind,
  mediaType: row.media_type,
  failure: row.failure,
  createdAt: row.created_at,
})

/** Notes a file whose bytes are to follow. */
export const insertUpload = async (
  tx: Sql,
  account: AccountId,
  announced: Pick<Upload, 'id' | 'fileName' | 'sizeBytes' | 'announcedSha256' | 'createdAt'>,
): Promise<Upload> => {
  const [row] = await tx.query<Row>(
    `INSERT INTO upload (id, account, file_name, size_bytes, announced_sha256, state, created_at)
     VALUES ($1, $2, $3, $4, $5, 'waiting', $6) RETURNING ${COLUMNS}`,
    [
      announced.id,
      account,
      announced.fileName,
      announced.sizeBytes,
      announced.announcedSha256 ?? null,
      announced.createdAt,
    ],
  )
  return toUpload(row as Row)
}

/** An upload of `account`. */
export const findUpload = async (sql: Sql, id: string, account: AccountId): Promise<Upload | undefined> => {
  const [row] = await sql.query<Row>(`SELECT ${COLUMNS} FROM upload WHERE id = $1 AND account = $2`, [id, account])
  return row && toUpload(row)
}

/** One try to receive the bytes of an upload; whoever holds another one than the row names has lost. */
export type Attempt = { readonly uploadId: string; readonly fileKey: string }

/** Begins an attempt; undefined unless the upload is the account's, waits for bytes or failed before. */
export const beginAttempt = async (
  sql: Sql,
  attempt: Attempt,
  account: AccountId,
  now: Date,
): Promise<Upload | undefined> => {
  const [row] = await sql.query<Row>(
    `UPDATE upload SET state = 'receiving', file_key = $2, received_bytes = 0, progress_at = $4, failure = NULL
     WHERE id = $1 AND account = $3 AND state IN ('waiting', 'failed') RETURNING ${COLUMNS}`,
    [attempt.uploadId, attempt.fileKey, account, now],
  )
  return row && toUpload(row)
}

const MINE = `id = $1 AND file_key = $2 AND state = 'receiving'`

/** Notes progress; false when the attempt was given up in the meantime. */
export const noteProgress = async (sql: Sql, attempt: Attempt, receivedBytes: number, now: Date): Promise<boolean> => {
  const rows = await sql.query(`UPDATE upload SET received_bytes = $3, progress_at = $4 WHERE ${MINE} RETURNING id`, [
    attempt.uploadId,
    attempt.fileKey,
    receivedBytes,
    now,
  ])
  return rows.length > 0
}

/** Ends an attempt well; undefined when it was given up in the meantime, and then its file is to be discarded. */
export const completeAttempt = async (sql: Sql, attempt: Attempt, file: Inspected): Promise<Upload | undefined> => {
  const [row] = await sql.query<Row>(
    `UPDATE upload SET state = 'stored', received_bytes = $3, sha256 = $4, cid = $5, kind = $6, media_type = $7
     WHERE ${MINE} RETURNING ${COLUMNS}`,
    [attempt.uploadId, attempt.fileKey, file.sizeBytes, file.sha256, file.cid, file.kind, file.mediaType],
  )
  return row && toUpload(row)
}

/** Ends an attempt with the reason why, a sentence. */
export const failAttempt = async (sql: Sql, attempt: Attempt, failure: string): Promise<void> => {
  await sql.query(`UPDATE upload SET state = 'failed', failure = $3 WHERE ${MINE}`, [
    attempt.uploadId,
    attempt.fileKey,
    failure,
  ])
}
