import { wait } from '@knowton/core'
import type { Job, JobContext } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import {
  discardFile,
  dropUnusedUploads,
  failStandingUploads,
  findDiscardedFiles,
  forgetDiscardedFile,
} from '../uploads/leftover-store.ts'

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

const giveUpStanding = async ({ ports, clock, log }: TidyContext): Promise<void> => {
  const now = clock().getTime()
  const standing = await ports.db.transaction(async (tx) => {
    const why = 'No bytes came for a minute; send them again.'
    const fileKeys = await failStandingUploads(tx, new Date(now - STANDSTILL_MS), why)
    for (const fileKey of fileKeys) await discardFile(tx, fileKey, new Date(now + LONGEST_ATTEMPT_MS))
    return fileKeys
  })
  for (const fileKey of standing) {
    log.warn('an upload stood still and was given up', { fileKey })
    await ports.files.remove(fileKey)
  }
}

const dropUnused = async ({ ports, clock }: TidyContext): Promise<void> => {
  const now = clock()
  await ports.db.transaction(async (tx) => {
    const fileKeys = await dropUnusedUploads(tx, new Date(now.getTime() - UNUSED_MS), BATCH)
    for (const fileKey of fileKeys) await discardFile(tx, fileKey, now)
  })
}

/** The row goes after the file: a crash between the two removes a file twice, never none. */
const removeDiscarded = async ({ ports, clock, signal }: TidyContext): Promise<void> => {
  for (;;) {
    const fileKeys = await findDiscardedFiles(ports.db, clock(), BATCH)
    for (const fileKey of fileKeys) {
      signal.throwIfAborted()
      await ports.files.remove(fileKey)
      await forgetDiscardedFile(ports.db, fileKey)
    }
    if (fileKeys.length < BATCH) return
  }
}
