import { ok, refuse } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import { findOrders } from '../orders/order-store.ts'
import { toOrderView } from '../orders/order-view.ts'
import type { Declared, Ports } from '../ports.ts'

/** Answers with one order. */
export const getOrder: Handler<Declared, 'getOrder', Ports> = async ({ params }, { ports }) => {
  const [record] = await findOrders(ports.db, [params.orderHash])
  return record === undefined ? refuse({ kind: 'order.unknown' }) : ok(toOrderView(record))
}
