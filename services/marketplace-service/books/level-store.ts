import type { Hex } from '@knowton/core'
import type { Side } from '@knowton/domain/market'
import type { Sql } from '@knowton/kit'

/** The units and orders at one price, in base units. */
export type Level = { readonly price: bigint; readonly units: number; readonly orders: number }

/** The book of one token and currency at one moment. */
export type BookQuestion = {
  readonly collection: Hex
  readonly currency: Hex
  readonly tokenId: bigint
  /** Seconds since 1970. */
  readonly now: number
  readonly limit: number
}

/** The best price levels of a side, bids on the whole collection included and private orders left out. */
export const findLevels = async (sql: Sql, side: Side, question: BookQuestion): Promise<readonly Level[]> => {
  const rows = await sql.query<{ readonly price: bigint; readonly units: bigint; readonly orders: bigint }>(
    `SELECT price, sum(max_fills - filled - reserved) AS units, count(*) AS orders FROM signed_order
     WHERE collection = $1 AND currency = $2 AND side = '${side}' AND state = 'open' AND taker IS NULL AND ends_at >= $4
       AND (token_id = $3 ${side === 'bid' ? 'OR token_id IS NULL' : ''})
     GROUP BY price ORDER BY price ${side === 'ask' ? 'ASC' : 'DESC'} LIMIT $5`,
    [question.collection, question.currency, question.tokenId, question.now, question.limit],
  )
  return rows.map(({ price, units, orders }) => ({ price, units: Number(units), orders: Number(orders) }))
}
