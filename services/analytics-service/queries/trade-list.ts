import type { Hex } from '@knowton/core'
import { pageCursor, pageOf, type Warehouse } from '@knowton/kit'
import * as z from 'zod'
import { standingTrades, type TradeFilter } from './trade-filter.ts'
import { parseWarehouseTime } from './warehouse-time.ts'

type Row = {
  readonly fact_id: string
  readonly block_number: string
  readonly log_index: number
  readonly block_time: string
  readonly collection: Hex
  readonly token_id: string
  readonly seller: Hex
  readonly buyer: Hex
  readonly currency: Hex
  readonly price: string
  readonly fee: string
  readonly royalty: string
  readonly transaction_hash: Hex
  readonly finality: 'pending' | 'safe' | 'finalized'
}

const cursor = pageCursor(z.tuple([z.int().min(0), z.int().min(0).max(4_294_967_295), z.string().max(120)]))

const tradeOf = (row: Row) => ({
  factId: row.fact_id,
  at: parseWarehouseTime(row.block_time),
  collection: row.collection,
  tokenId: BigInt(row.token_id),
  seller: row.seller,
  buyer: row.buyer,
  currency: row.currency,
  price: BigInt(row.price),
  fee: BigInt(row.fee),
  royalty: BigInt(row.royalty),
  transactionHash: row.transaction_hash,
  finality: row.finality,
})

/** A page of trades, newest block first; trades that arrive later never move an older page. */
export const readTrades = async (
  warehouse: Warehouse,
  filter: TradeFilter,
  page: { readonly cursor?: string | undefined; readonly limit: number },
) => {
  const after = cursor.decode(page.cursor)
  const older = '(block_number, log_index, fact_id) < ({block:UInt64}, {log:UInt32}, {fact:String})'
  const from = standingTrades(filter)
  const rows = await warehouse.query<Row>(
    `SELECT fact_id, block_number, log_index, block_time, collection, token_id, seller, buyer, currency, price, fee,
       royalty, transaction_hash, finality
     FROM ${from.text} ${after === undefined ? '' : `AND ${older}`}
     ORDER BY block_number DESC, log_index DESC, fact_id DESC LIMIT {rows:UInt32}`,
    {
      ...from.params,
      rows: page.limit + 1,
      ...(after === undefined ? {} : { block: after[0], log: after[1], fact: after[2] }),
    },
  )
  const { items, next } = pageOf(rows, page.limit, cursor, (row) => [
    Number(row.block_number),
    row.log_index,
    row.fact_id,
  ])
  return { items: items.map(tradeOf), next }
}
