import { isRetryable, wait } from '@knowton/core'
import { EventFailure } from './apply-events.ts'
import { backoffMs } from './backoff.ts'
import type { LoggedEvent } from './event-source.ts'

/** A fact that fails so often, not by a fault that passes, is parked. */
const MAX_TRIES = 3

/** True when the cause is outside and passes: then nothing is counted against the fact. */
export const isPassing = (error: unknown): boolean => isRetryable(error instanceof EventFailure ? error.cause : error)

/**
 * Tries to apply one fact until it is applied or has failed for good, and answers with that failure. What fails at the
 * COMMIT (a deferred constraint, a fact published with text that cannot be stored) counts against the fact that
 * `current` names. Throws what passes, and what no fact is to blame for.
 */
export const tryApplying = async <T>(
  work: () => Promise<T>,
  current: () => LoggedEvent | undefined,
  signal: AbortSignal,
): Promise<T | EventFailure> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      const failure = toFailure(error, current())
      if (failure === undefined || isPassing(error)) throw error
      if (failure.permanent || tries === MAX_TRIES) return failure
      await wait(backoffMs(tries), signal)
    }
  }
}

const toFailure = (error: unknown, current: LoggedEvent | undefined): EventFailure | undefined => {
  if (error instanceof EventFailure) return error
  return current === undefined ? undefined : new EventFailure(current, error, false)
}
