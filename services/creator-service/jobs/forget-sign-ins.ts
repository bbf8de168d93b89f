import { wait } from '@knowton/core'
import type { Job, JobContext } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { deleteExpiredNonces } from '../sign-in/nonce-store.ts'
import { deleteSessionsEndedBefore } from '../sign-in/session-store.ts'

const PAUSE_MS = 60_000
/** Ended sessions are kept for a while, for whoever asks what happened. */
const KEPT_MS = 30 * 86_400_000

/** Deletes nonces that nobody used and sessions that ended long ago. */
export const forgetSignIns: Job<Declared, Ports> = async (context) => {
  for (;;) {
    await forgetOnce(context)
    await wait(PAUSE_MS, context.signal)
  }
}

/** One round of forgetting. */
export const forgetOnce = async ({ ports, clock }: JobContext<Declared, Ports>): Promise<void> => {
  const now = clock()
  await deleteExpiredNonces(ports.db, now)
  await deleteSessionsEndedBefore(ports.db, new Date(now.getTime() - KEPT_MS))
}
