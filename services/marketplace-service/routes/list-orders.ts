import { ok } from '@knowton/core'
import { type Handler, pageOfRows, rowsBefore } from '@knowton/kit'
import { type OrderRow, orderColumns, toOrderRecord } from '../order-store.ts'
import { toOrderView } from '../order-view.ts'
import type { Declared, Ports } from '../ports.ts'

/** Answers with orders, newest first. */
export const listOrders: Handler<Declared, 'listOrders', Ports> = async ({ query }, { ports }) => {
  const rows = await ports.db.query<OrderRow>(
    `SELECT ${orderColumns} FROM signed_order
     WHERE id < $1 AND ($2::text IS NULL OR maker = $2) AND ($3::numeric IS NULL OR token_id = $3)
       AND ($4::text IS NULL OR state = $4)
     ORDER BY id DESC LIMIT $5`,
    [rowsBefore(query.cursor), query.maker ?? null, query.tokenId ?? null, query.state ?? null, query.limit + 1],
  )
  return ok(
    pageOfRows(
      rows,
      query.limit,
      ({ id }) => id,
      (row) => toOrderView(toOrderRecord(row)),
    ),
  )
}
