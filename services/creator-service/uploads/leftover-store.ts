import type { Sql } from '@knowton/kit'

type FileRow = { readonly file_key: string }

/** Leaves a file to be removed, not before `removeAt`. */
export const discardFile = async (sql: Sql, fileKey: string, removeAt: Date): Promise<void> => {
  await sql.query('INSERT INTO discarded_file (file_key, remove_at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    fileKey,
    removeAt,
  ])
}

/** The keys of at most `limit` files that are to be removed by `now`, the oldest first. */
export const findDiscardedFiles = async (sql: Sql, now: Date, limit: number): Promise<readonly string[]> => {
  const rows = await sql.query<FileRow>(
    'SELECT file_key FROM discarded_file WHERE remove_at <= $1 ORDER BY remove_at LIMIT $2',
    [now, limit],
  )
  return rows.map((row) => row.file_key)
}

/** Forgets a file that was removed. */
export const forgetDiscardedFile = async (sql: Sql, fileKey: string): Promise<void> => {
  await sql.query('DELETE FROM discarded_file WHERE file_key = $1', [fileKey])
}

/** Fails the uploads whose bytes have not moved since `before`, with the reason; answers with the keys of their files. */
export const failStandingUploads = async (tx: Sql, before: Date, failure: string): Promise<readonly string[]> => {
  const rows = await tx.query<FileRow>(
    `UPDATE upload SET state = 'failed', failure = $2 WHERE state = 'receiving' AND progress_at < $1 RETURNING file_key`,
    [before, failure],
  )
  return rows.map((row) => row.file_key)
}

/** Drops at most `limit` uploads from before `before` that became no work; answers with the keys of their files. */
export const dropUnusedUploads = async (tx: Sql, before: Date, limit: number): Promise<readonly string[]> => {
  const rows = await tx.query<{ readonly file_key: string | null }>(
    `DELETE FROM upload WHERE id IN (
       SELECT id FROM upload u WHERE created_at < $1 AND state <> 'receiving'
         AND NOT EXISTS (SELECT FROM work WHERE upload_id = u.id)
       ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED
     ) RETURNING file_key`,
    [before, limit],
  )
  return rows.flatMap((row) => row.file_key ?? [])
}
