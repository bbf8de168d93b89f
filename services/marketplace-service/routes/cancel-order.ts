import { ok, refuse } from '@knowton/core'
import { isTerminal, statusOf } from '@knowton/domain/market'
import type { Handler } from '@knowton/kit'
import { openBook } from '../books/book-writer.ts'
import { findOrders } from '../orders/order-store.ts'
import { toOrderView } from '../orders/order-view.ts'
import type { Declared, Ports } from '../ports.ts'

/** Takes what is left of an order off its book; units already matched go on to the chain. */
export const cancelOrder: Handler<Declared, 'cancelOrder', Ports> = async ({ params }, context) => {
  const { tx, publish, now, ports, requestId, user } = context
  const [seen] = await findOrders(tx, [params.orderHash])
  if (seen === undefined) return refuse({ kind: 'order.unknown' })
  if (seen.order.maker !== user.address) return refuse({ kind: 'order.maker' })
  const book = await openBook({ tx, publish, now, ports, causationId: requestId }, seen.key)
  const [record = seen] = await findOrders(tx, [params.orderHash])
  const state = statusOf(record.fillState)
  if (isTerminal(state)) return refuse({ kind: 'order.closed', detail: `The order is ${state}.`, facts: { state } })
  if (state === 'settling') return refuse({ kind: 'order.settling' })
  await book.change({ kind: 'cancel', orderHash: params.orderHash })
  const [cancelled = record] = await findOrders(tx, [params.orderHash])
  return ok(toOrderView(cancelled))
}
