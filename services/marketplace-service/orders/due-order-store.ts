import { type Hex, toUnixSeconds } from '@knowton/core'
import type { Sql } from '@knowton/kit'
import { type BookKey, LIVE, type OrderRecord, type OrderRow, orderColumns, toOrderRecord } from './order-store.ts'

const ENDED = `state IN ('open', 'unfillable') AND ends_at <`

/** A book on which an order has ended that is not settling; undefined when there is none. */
export const findBookWithEnded = async (sql: Sql, now: Date): Promise<BookKey | undefined> => {
  const seconds = toUnixSeconds(now)
  const [key] = await sql.query<BookKey>(`SELECT collection, currency FROM signed_order WHERE ${ENDED} $1 LIMIT 1`, [
    seconds,
  ])
  return key
}

/** The ended orders of a book that are not settling, the oldest first, at most `limit`. */
export const findEnded = async (sql: Sql, key: BookKey, now: Date, limit: number): Promise<readonly Hex[]> => {
  const rows = await sql.query<{ readonly order_hash: Hex }>(
    `SELECT order_hash FROM signed_order WHERE collection = $1 AND currency = $2 AND ${ENDED} $3 ORDER BY id LIMIT $4`,
    [key.collection, key.currency, toUnixSeconds(now), limit],
  )
  return rows.map((row) => row.order_hash)
}

/** Orders about which the chain is to be asked again, the longest due first, at most `limit`. */
export const findDue = async (sql: Sql, now: Date, limit: number): Promise<readonly OrderRecord[]> => {
  const rows = await sql.query<OrderRow>(
    `SELECT ${orderColumns} FROM signed_order WHERE state IN ('open', 'unfillable') AND recheck_at <= $1
     ORDER BY recheck_at LIMIT $2`,
    [now, limit],
  )
  return rows.map(toOrderRecord)
}

/** Has the chain asked about an order again at `at`. */
export const recheckOrderAt = async (tx: Sql, orderHash: Hex, at: Date): Promise<void> => {
  await tx.query('UPDATE signed_order SET recheck_at = $2 WHERE order_hash = $1', [orderHash, at])
}

/** Has the chain asked again about every live order on a token. */
export const recheckToken = async (tx: Sql, tokenId: bigint, at: Date): Promise<void> => {
  await tx.query(`UPDATE signed_order SET recheck_at = $2 WHERE token_id = $1 AND state IN ${LIVE}`, [tokenId, at])
}

/** Has the orders looked at again that are held because this one of their own maker stood in their way. */
export const recheckHeldBehind = async (tx: Sql, { key, order }: OrderRecord, at: Date): Promise<void> => {
  await tx.query(
    `UPDATE signed_order SET recheck_at = $4 WHERE maker = $1 AND collection = $2 AND currency = $3
     AND hold_code = 'order.self-trade' AND state = 'unfillable'`,
    [order.maker, key.collection, key.currency, at],
  )
}
