import { wait } from '@knowton/core'

/** Lets one part of the process tell another that there is something to do. */
export type Wakeup = {
  readonly wake: () => void
  /** Resolves when woken or after `ms`; at once when woken since the last wait. Rejects when the signal fires. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

/** Makes a wakeup for one sleeper. */
export const createWakeup = (): Wakeup => {
  let woken = false
  let stir: (() => void) | undefined
  return {
    wake: () => {
      woken = true
      stir?.()
    },
    sleep: async (ms, signal) => {
      signal.throwIfAborted()
      if (!woken) {
        const alarm = new AbortController()
        const stirred = new Promise<void>((resolve) => {
          stir = resolve
        })
        try {
          await Promise.race([stirred, wait(ms, AbortSignal.any([signal, alarm.signal]))])
        } finally {
          stir = undefined
          alarm.abort(new Error('awake'))
        }
      }
      woken = false
    },
  }
}
