import type { Warehouse } from '@knowton/kit'
import { type Halves, parseTotal, totalSql } from './total.ts'
import { standingTrades, type TradeFilter } from './trade-filter.ts'

/** The most candles in one answer. */
export const MAX_CANDLES = 2_000

const MINUTE_MS = 60_000
const intervalMs = { '1m': MINUTE_MS, '5m': 5 * MINUTE_MS, '1h': 60 * MINUTE_MS, '1d': 1_440 * MINUTE_MS } as const

export type Interval = keyof typeof intervalMs

type Row = {
  readonly startMs: string
  readonly open: string
  readonly high: string
  readonly low: string
  readonly close: string
  readonly volume: Halves
  readonly trades: string
}

/**
 * The newest candles of the window, oldest first. A trade belongs to the interval of its block's time, counted from the
 * epoch in UTC; inside an interval trades are in chain order.
 */
export const readCandles = async (warehouse: Warehouse, filter: TradeFilter, interval: Interval) => {
  const from = standingTrades(filter)
  const rows = await warehouse.query<Row>(
    `SELECT intDiv(toUnixTimestamp64Milli(block_time), {step:Int64}) * {step:Int64} AS startMs,
       argMin(price, (block_number, log_index)) AS open, max(price) AS high,
       min(price) AS low, argMax(price, (block_number, log_index)) AS close,
       ${totalSql('price')} AS volume, count() AS trades
     FROM ${from.text} GROUP BY startMs ORDER BY startMs DESC LIMIT ${MAX_CANDLES}`,
    { ...from.params, step: intervalMs[interval] },
  )
  return rows.toReversed().map((row) => ({
    start: new Date(Number(row.startMs)),
    open: BigInt(row.open),
    high: BigInt(row.high),
    low: BigInt(row.low),
    close: BigInt(row.close),
    volume: parseTotal(row.volume),
    trades: Number(row.trades),
  }))
}
