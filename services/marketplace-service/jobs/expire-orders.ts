import { type Hex, toUnixSeconds, wait } from '@knowton/core'
import type { Job, JobContext, Sql } from '@knowton/kit'
import { openBook } from '../book-writer.ts'
import type { BookKey } from '../order-store.ts'
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
    const ended = await findEnded(tx, key, now)
    for (const orderHash of ended) await book.change({ kind: 'expire', orderHash })
    return ended.length
  })
}

const ENDED = `state IN ('open', 'unfillable') AND ends_at <`

const findBookWithEnded = async (sql: Sql, now: Date): Promise<BookKey | undefined> =>
  (
    await sql.query<BookKey>(`SELECT collection, currency FROM signed_order WHERE ${ENDED} $1 LIMIT 1`, [
      toUnixSeconds(now),
    ])
  )[0]

const findEnded = async (tx: Sql, key: BookKey, now: Date): Promise<readonly Hex[]> => {
  const rows = await tx.query<{ readonly order_hash: Hex }>(
    `SELECT order_hash FROM signed_order WHERE collection = $1 AND currency = $2 AND ${ENDED} $3 ORDER BY id LIMIT $4`,
    [key.collection, key.currency, toUnixSeconds(now), BATCH],
  )
  return rows.map((row) => row.order_hash)
}
