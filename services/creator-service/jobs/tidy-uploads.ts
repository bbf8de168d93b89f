import { wait } from '@knowton/core'
import type { Job, JobContext } from '@knowton/kit'
import { discardFile } from '../content/upload-store.ts'
import type { Declared, Ports } from '../ports.ts'

type TidyContext = JobContext<Declared, Ports>

const PAUSE_MS = 10_000
/** An attempt without a byte for this long is given up: its process was killed or its sender is gone. */
const STANDSTILL_MS = 60_000
/** No attempt lives longer: twice what the route allows. Only then can nothing write to its key any more. */
const LONGEST_ATTEMPT_MS = 2 * 3_600_000
/** An upload that became no work is dropped after a week. */
const UNUSED_MS = 7 * 86_400_000
const BATCH = 100

/** Gives up attempts that stand still, drops uploads that became nothing, removes files that nothing refers to. */
export const tidyUploads: Job<Declared, Ports> = async (context) => {
  for (;;) {
    await tidyOnce(context)
    await wait(PAUSE_MS, context.signal)
  }
}

/** One round of tidying. */
export const tidyOnce = async (context: TidyContext): Promise<void> => {
  await giveUpStanding(context)
  await dropUnused(context)
  await removeDiscarded(context)
}

type FileRow = { readonly file_key: string }

const giveUpStanding = async ({ ports, clock, log }: TidyContext): Promise<void> => {
  const now = clock().getTime()
  const standing = await ports.db.transaction(async (tx) => {
    const rows = await tx.query<FileRow>(
      `UPDATE upload SET state = 'failed', failure = 'No bytes came for a minute; send them again.'
       WHERE state = 'receiving' AND progress_at < $1 RETURNING file_key`,
      [new Date(now - STANDSTILL_MS)],
    )
    for (const { file_key } of rows) await discardFile(tx, file_key, new Date(now + LONGEST_ATTEMPT_MS))
    return rows
  })
  for (const { file_key } of standing) {
    log.warn('an upload stood still and was given up', { fileKey: file_key })
    await ports.files.remove(file_key)
  }
}

const dropUnused = async ({ ports, clock }: TidyContext): Promise<void> => {
  const now = clock()
  await ports.db.transaction(async (tx) => {
    const rows = await tx.query<{ readonly file_key: string | null }>(
      `DELETE FROM upload WHERE id IN (
         SELECT id FROM upload u WHERE created_at < $1 AND state <> 'receiving'
           AND NOT EXISTS (SELECT FROM work WHERE upload_id = u.id)
         ORDER BY created_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
       ) RETURNING file_key`,
      [new Date(now.getTime() - UNUSED_MS)],
    )
    for (const { file_key } of rows) if (file_key !== null) await discardFile(tx, file_key, now)
  })
}

/** The row goes after the file: a crash between the two removes a file twice, never none. */
const removeDiscarded = async ({ ports, clock, signal }: TidyContext): Promise<void> => {
  for (;;) {
    const rows = await ports.db.query<FileRow>(
      'SELECT file_key FROM discarded_file WHERE remove_at <= $1 ORDER BY remove_at LIMIT $2',
      [clock(), BATCH],
    )
    for (const { file_key } of rows) {
      signal.throwIfAborted()
      await ports.files.remove(file_key)
      await ports.db.query('DELETE FROM discarded_file WHERE file_key = $1', [file_key])
    }
    if (rows.length < BATCH) return
  }
}
