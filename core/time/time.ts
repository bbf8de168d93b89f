import * as z from 'zod'

/** An instant: a Date in code, RFC 3339 in UTC on the wire. */
export const instant = z.codec(z.iso.datetime({ offset: true }), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
})

/** Seconds since 1970 as the chain counts them. */
export const unixSeconds = z.int().min(0).max(281_474_976_710_655)

/** The clock, given to whatever needs the time. */
export type Clock = () => Date

/** Seconds since 1970 of `date`, rounded down. */
export const toUnixSeconds = (date: Date): number => Math.floor(date.getTime() / 1000)

/** Waits `ms`; rejects with the signal's reason when it fires first. */
export const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal.addEventListener('abort', onAbort, { once: true })
  })
