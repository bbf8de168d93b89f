import type { PayloadOf } from '@knowton/core'
import type { Sql } from '@knowton/kit'
import { marketplaceService } from '@knowton/system'
import * as z from 'zod'

const { orderChanges } = marketplaceService.publishes

/** A change of an order, as published. */
export type OrderChange = PayloadOf<typeof orderChanges>

/** A place in this service's own event log. */
export type ChangePosition = { readonly xid: string; readonly sequence: string }

/** The place before everything that is not committed yet. */
export const findEnd = async (sql: Sql): Promise<ChangePosition> => {
  const [row] = await sql.query<{ readonly xid: string }>('SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xid')
  return { xid: row?.xid ?? '0', sequence: '0' }
}

type LogRow = ChangePosition & { readonly payload: z.input<typeof orderChanges.payload> }

/** The next published changes, at most `limit`, as far as nothing can be committed before them any more. */
export const findChangesAfter = async (
  sql: Sql,
  after: ChangePosition,
  limit: number,
): Promise<readonly { readonly at: ChangePosition; readonly change: OrderChange }[]> => {
  const rows = await sql.query<LogRow>(
    `SELECT xid::text AS xid, sequence::text AS sequence, payload FROM events.log
     WHERE topic = $1 AND (xid, sequence) > ($2::xid8, $3::bigint) AND xid < pg_snapshot_xmin(pg_current_snapshot())
     ORDER BY events.log.xid, events.log.sequence LIMIT $4`,
    [orderChanges.name, after.xid, after.sequence, limit],
  )
  return rows.map(({ xid, sequence, payload }) => ({
    at: { xid, sequence },
    change: z.decode(orderChanges.payload, payload),
  }))
}
