import { ok } from '@knowton/core'
import { type Handler, pageOfRows, rowsBefore } from '@knowton/kit'
import { listOrderRows, toOrderRecord } from '../orders/order-store.ts'
import { toOrderView } from '../orders/order-view.ts'
import type { Declared, Ports } from '../ports.ts'

/** Answers with orders, newest first. */
export const listOrders: Handler<Declared, 'listOrders', Ports> = async ({ query }, { ports }) => {
  const { maker, tokenId, state: status, limit } = query
  const rows = await listOrderRows(ports.db, { maker, tokenId, status }, rowsBefore(query.cursor), limit + 1)
  return ok(
    pageOfRows(
      rows,
      limit,
      ({ id }) => id,
      (row) => toOrderView(toOrderRecord(row)),
    ),
  )
}
