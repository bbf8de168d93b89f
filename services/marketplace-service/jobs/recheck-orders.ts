import { toUnixSeconds, wait } from '@knowton/core'
import { type Hold, isTerminal, statusOf } from '@knowton/domain/market'
import type { Job, JobContext } from '@knowton/kit'
import { openBook } from '../books/book-writer.ts'
import { findDue, recheckOrderAt } from '../orders/due-order-store.ts'
import { examineOrder } from '../orders/examine-order.ts'
import { findOrders, type OrderRecord } from '../orders/order-store.ts'
import type { Declared, Ports } from '../ports.ts'

const BATCH = 32
const IDLE_MS = 1_000

/** Keeps what the books say of orders what the chain would do with them: funds and approvals go and come without an event. */
export const recheckOrders: Job<Declared, Ports> = async (context) => {
  for (;;) {
    while ((await recheckBatch(context)) === BATCH) context.signal.throwIfAborted()
    await wait(IDLE_MS, context.signal)
  }
}

/** Looks at up to a batch of orders that are due; answers with how many. Throws the fault `chain.unreachable`. */
export const recheckBatch = async (context: JobContext<Declared, Ports>): Promise<number> => {
  const { ports, signal, clock } = context
  const due = await findDue(ports.db, clock(), BATCH)
  const examined = await Promise.all(
    due.map(async (record) => ({ record, obstacle: await examineOrder(record, { ports, sql: ports.db, signal }) })),
  )
  for (const { record, obstacle } of examined) await applyFinding(record, obstacle, context)
  return due.length
}

const applyFinding = async (
  { key, order: { orderHash } }: OrderRecord,
  obstacle: Hold | undefined,
  { ports, publish, clock }: JobContext<Declared, Ports>,
): Promise<void> => {
  const now = clock()
  await ports.db.transaction(async (tx) => {
    const book = await openBook({ tx, publish, now, ports, causationId: undefined }, key)
    const [record] = await findOrders(tx, [orderHash])
    if (record === undefined || isTerminal(statusOf(record.fillState))) return
    const next = new Date(now.getTime() + ports.recheckSeconds * 1_000)
    await recheckOrderAt(tx, orderHash, next)
    const { hold } = record.fillState
    if (obstacle === undefined) {
      if (hold !== undefined && record.order.end >= toUnixSeconds(now)) await book.resume(orderHash)
    } else if (hold?.code !== obstacle.code || hold.says !== obstacle.says) {
      await book.change({ kind: 'hold', orderHash, reason: obstacle })
    }
  })
}
