import { wait } from '@knowton/core'
import type { Job, JobContext } from '@knowton/kit'
import { openBook } from '../books/book-writer.ts'
import { findBookWithEnded, findEnded } from '../orders/due-order-store.ts'
import type { Declared, Ports } from '../ports.ts'

const BATCH = 200

/** Takes ended orders off the books, whether anyone trades or not. */
export const expireOrders: Job<Declared, Ports> = async (context) => {
  for (;;) {
    while ((await expireBatch(context)) > 0) context.signal.throwIfAborted()
    await wait(context.ports.expirySweepMs, context.signal)
  }
}

/** Expires up to a batch of ended orders; answers with how many. Units on their way to the chain are left to it. */
export const expireBatch = async ({ ports, publish, clock }: JobContext<Declared, Ports>): Promise<number> => {
  const now = clock()
  const key = await findBookWithEnded(ports.db, now)
  if (key === undefined) return 0
  return ports.db.transaction(async (tx) => {
    const book = await openBook({ tx, publish, now, ports, causationId: undefined }, key)
    const ended = await findEnded(tx, key, now, BATCH)
    for (const orderHash of ended) await book.change({ kind: 'expire', orderHash })
    return ended.length
  })
}
