import { Fault, wait } from '@knowton/core'
import type { Database, Log } from '@knowton/kit'
import { type ChangePosition, findChangesAfter, findEnd, type OrderChange } from './change-store.ts'
import { createMailbox, type Mailbox } from './mailbox.ts'

/** Tells listeners of changes on the books as they are committed. */
export type BookFeed = {
  /** Every change that concerns a token (those of bids on any token too) that is committed after this resolves. */
  readonly follow: (tokenId: bigint, signal: AbortSignal) => Promise<AsyncIterable<OrderChange>>
}

/** Between looks at the log when no notification comes. */
const POLL_MS = 250
const PAUSE_AFTER_FAULT_MS = 1_000
const READ_LIMIT = 500
/** Changes kept for a listener who is slow to read them; one who falls further behind is let go and starts anew. */
const MAX_BEHIND = 10_000

type Listener = { readonly tokenId: bigint; readonly mailbox: Mailbox<OrderChange> }

/** One reader of this service's own log for all listeners; it reads only while there are some. */
export const createBookFeed = (setting: {
  readonly db: Database
  readonly log: Log
  readonly signal: AbortSignal
}): BookFeed => {
  const listeners = new Set<Listener>()
  const hints = createMailbox<undefined>(1)
  let started: Promise<ChangePosition> | undefined
  let listening = false

  const read = async (from: ChangePosition): Promise<void> => {
    let place = from
    while (listeners.size > 0 && !setting.signal.aborted) {
      try {
        const rows = await findChangesAfter(setting.db, place, READ_LIMIT)
        for (const { at, change } of rows) {
          deliver(listeners, change)
          place = at
        }
        if (rows.length < READ_LIMIT) await hints.wait(POLL_MS, setting.signal)
        hints.take()
      } catch (error) {
        if (setting.signal.aborted) break
        setting.log.warn('the changes of the books cannot be read', { error })
        await wait(PAUSE_AFTER_FAULT_MS, setting.signal).catch(() => undefined)
      }
    }
    started = undefined
  }
  const start = async (): Promise<ChangePosition> => {
    if (!listening) await setting.db.listen('events', () => hints.put(undefined), setting.signal)
    listening = true
    const place = await findEnd(setting.db)
    void read(place)
    return place
  }

  return {
    follow: async (tokenId, signal) => {
      const listener = { tokenId, mailbox: createMailbox<OrderChange>(MAX_BEHIND) }
      listeners.add(listener)
      const leave = () => listeners.delete(listener)
      signal.addEventListener('abort', leave, { once: true })
      started ??= start()
      try {
        await started
      } catch (error) {
        started = undefined
        leave()
        throw error
      }
      return listen(listener, signal, leave)
    },
  }
}

async function* listen(listener: Listener, signal: AbortSignal, leave: () => void): AsyncGenerator<OrderChange> {
  try {
    while (!signal.aborted) {
      if (listener.mailbox.isOverfull()) {
        throw new Fault('internal.unavailable', 'The listener is too far behind; connect again.', { retry: 'later' })
      }
      yield* listener.mailbox.take()
      await listener.mailbox.wait(undefined, signal)
    }
  } finally {
    leave()
  }
}

const deliver = (listeners: ReadonlySet<Listener>, change: OrderChange): void => {
  for (const { tokenId, mailbox } of listeners) {
    if (change.tokenId === null || change.tokenId === tokenId) mailbox.put(change)
  }
}
