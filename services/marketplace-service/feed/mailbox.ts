/** Items on their way from one that puts them in to one that takes them out. */
export type Mailbox<T> = {
  readonly put: (item: T) => void
  /** Takes out everything there is. */
  readonly take: () => readonly T[]
  /** Resolves when there is something, after `ms` (never when undefined), or when the signal fires. */
  readonly wait: (ms: number | undefined, signal: AbortSignal) => Promise<void>
  /** True once an item did not fit. */
  readonly isOverfull: () => boolean
}

/** A mailbox for up to `capacity` items. */
export const createMailbox = <T>(capacity: number): Mailbox<T> => {
  let items: T[] = []
  let overfull = false
  let wake: (() => void) | undefined
  return {
    put: (item) => {
      if (items.length < capacity) items.push(item)
      else overfull = true
      wake?.()
    },
    take: () => {
      const taken = items
      items = []
      return taken
    },
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (items.length > 0 || signal.aborted) return resolve()
        const done = () => {
          wake = undefined
          clearTimeout(timer)
          signal.removeEventListener('abort', done)
          resolve()
        }
        const timer = ms === undefined ? undefined : setTimeout(done, ms)
        signal.addEventListener('abort', done, { once: true })
        wake = done
      }),
    isOverfull: () => overfull,
  }
}
