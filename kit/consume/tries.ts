import { isRetryable, wait } from '@knowton/core'
import { EventFailure } from './apply-events.ts'
import { backoffMs } from './backoff.ts'

/** A fact that fails so often, not by a fault that passes, is parked. */
export const MAX_TRIES = 3

/** True when the cause is outside and passes: then nothing is counted against the fact. */
export const isPassing = (error: unknown): boolean => isRetryable(error instanceof EventFailure ? error.cause : error)

/**
 * Tries `work` until it succeeds or one fact has failed for good, and answers with that failure. Throws what is no
 * fact's fault, and what passes.
 */
export const tryApplying = async <T>(work: () => Promise<T>, signal: AbortSignal): Promise<T | EventFailure> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (isPassing(error) || !(error instanceof EventFailure)) throw error
      if (error.permanent || tries === MAX_TRIES) return error
      await wait(backoffMs(tries), signal)
    }
  }
}
