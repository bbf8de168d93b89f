import type { Log } from '@knowton/kit'

/** A log for tests that look at effects, not at lines. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  with: () => silentLog,
}
