import type { Hex } from '@knowton/core'
import type { Warehouse } from '@knowton/kit'
import { type Halves, parseTotal, totalSql } from './total.ts'
import { standingTrades, type TradeFilter } from './trade-filter.ts'

type Row = {
  readonly currency: Hex
  readonly trades: string
  readonly volume: Halves
  readonly fees: Halves
  readonly royalties: Halves
}

/** Trades, volume, fees and royalties per currency, in base units. */
export const readVolume = async (warehouse: Warehouse, filter: TradeFilter) => {
  const from = standingTrades(filter)
  const rows = await warehouse.query<Row>(
    `SELECT currency, count() AS trades, ${totalSql('price')} AS volume, ${totalSql('fee')} AS fees,
       ${totalSql('royalty')} AS royalties
     FROM ${from.text} GROUP BY currency ORDER BY currency`,
    from.params,
  )
  return rows.map((row) => ({
    currency: row.currency,
    trades: Number(row.trades),
    volume: parseTotal(row.volume),
    fees: parseTotal(row.fees),
    royalties: parseTotal(row.royalties),
  }))
}
