import type { Hex } from '@knowton/core'
import type { Warehouse } from '@knowton/kit'

type Row = {
  readonly asks: string
  readonly price: string
  readonly token_id: string
  readonly order_hash: Hex
}

/** The cheapest open ask on a token of a collection (the oldest of equals), and how many open asks there are. */
export const readFloor = async (warehouse: Warehouse, collection: Hex, currency: Hex) => {
  const [row] = await warehouse.query<Row>(
    `SELECT count() OVER () AS asks, price, assumeNotNull(token_id) AS token_id, order_hash
     FROM order_changes FINAL
     WHERE collection = {collection:String} AND currency = {currency:String} AND side = 'ask' AND state = 'open'
       AND order_changes.token_id IS NOT NULL
     ORDER BY price, changed_at, order_hash LIMIT 1`,
    { collection, currency },
  )
  if (row === undefined) return { floor: null, asks: 0 }
  return {
    floor: { price: BigInt(row.price), tokenId: BigInt(row.token_id), orderHash: row.order_hash },
    asks: Number(row.asks),
  }
}
