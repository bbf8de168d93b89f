import type { Sql } from '@knowton/kit'
import { marketplaceService } from '@knowton/system'

/** A place in this service's own event log. */
export type ChangePosition = { readonly xid: string; readonly sequence: string }

/** The place before everything that is not committed yet. */
export const findEnd = async (sql: Sql): Promise<ChangePosition> => {
  const [row] = await sql.query<{ readonly xid: string }>('SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xid')
  return { xid: row?.xid ?? '0', sequence: '0' }
}

/** The next published changes of orders, at most `limit`, as far as nothing can be committed before them any more. */
export const findChangesAfter = (
  sql: Sql,
  after: ChangePosition,
  limit: number,
): Promise<readonly (ChangePosition & { readonly payload: unknown })[]> =>
  sql.query(
    `SELECT xid::text AS xid, sequence::text AS sequence, payload FROM events.log
     WHERE topic = $1 AND (xid, sequence) > ($2::xid8, $3::bigint) AND xid < pg_snapshot_xmin(pg_current_snapshot())
     ORDER BY events.log.xid, events.log.sequence LIMIT $4`,
    [marketplaceService.publishes.orderChanges.name, after.xid, after.sequence, limit],
  )
