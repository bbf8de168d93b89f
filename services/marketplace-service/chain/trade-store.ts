import type { Hex } from '@knowton/core'
import type { Sql } from '@knowton/kit'
import type { MatchView } from '../matches/match-store.ts'

/** What a trade of the chain did here. */
export type TradeRow = {
  readonly fact_id: string
  readonly ask_hash: Hex
  readonly bid_hash: Hex
  readonly request_id: string | null
  readonly used_reservation: boolean
  readonly finality: NonNullable<MatchView['finality']>
  readonly reverted: boolean
}

/** The trade with a fact id; undefined when it is new. */
export const findTrade = async (sql: Sql, factId: string): Promise<TradeRow | undefined> =>
  (await sql.query<TradeRow>('SELECT * FROM chain_trade WHERE fact_id = $1', [factId]))[0]

/** Keeps what a trade did. */
export const saveTrade = async (tx: Sql, trade: TradeRow): Promise<void> => {
  await tx.query(
    `INSERT INTO chain_trade (fact_id, ask_hash, bid_hash, request_id, used_reservation, finality, reverted)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (fact_id) DO UPDATE SET request_id = excluded.request_id, used_reservation = excluded.used_reservation,
       finality = excluded.finality, reverted = excluded.reverted`,
    [
      trade.fact_id,
      trade.ask_hash,
      trade.bid_hash,
      trade.request_id,
      trade.used_reservation,
      trade.finality,
      trade.reverted,
    ],
  )
}

/** How often the chain has filled an order, as far as its events have told. */
export const countFills = async (sql: Sql, orderHash: Hex): Promise<number> => {
  const [row] = await sql.query<{ readonly filled: bigint }>(
    'SELECT count(*) AS filled FROM chain_trade WHERE (ask_hash = $1 OR bid_hash = $1) AND NOT reverted',
    [orderHash],
  )
  return Number(row?.filled ?? 0n)
}
