import type { Hex } from '@knowton/core'
import {
  type BookOrder,
  type Candidate,
  matchable,
  type Order,
  type Side,
  type Standing,
  stateOf,
  toBookOrder,
} from '@knowton/domain/market'
import type { Sql } from '@knowton/kit'
import { marketplaceService } from '@knowton/system'
import * as z from 'zod'

/** The book an order belongs to. */
export type BookKey = { readonly collection: Hex; readonly currency: Hex }

/** An order as it is kept. */
export type OrderRecord = {
  readonly key: BookKey
  readonly order: BookOrder
  readonly standing: Standing
  readonly signed: SignedOrder
  readonly signedBy: 'key' | 'contract'
  readonly placedAt: Date
}
export type SignedOrder = { readonly order: Order; readonly signature: Hex }

/** The states of an order that may still trade. */
export const LIVE_STATES = `('open', 'settling', 'unfillable')`

const signedOrder = marketplaceService.routes.placeOrder.body

/** The columns of an `OrderRow`. */
export const orderColumns = `id, order_hash, collection, currency, sequence, side, taker, price, max_fills, document,
  signed_by, filled, reserved, closed, hold_code, hold_says, state, placed_at`

export type OrderRow = {
  readonly id: bigint
  readonly order_hash: Hex
  readonly collection: Hex
  readonly currency: Hex
  readonly sequence: bigint
  readonly document: z.input<typeof signedOrder>
  readonly signed_by: 'key' | 'contract'
  readonly max_fills: bigint
  readonly filled: bigint
  readonly reserved: bigint
  readonly closed: 'cancelled' | 'expired' | null
  readonly hold_code: string | null
  readonly hold_says: string | null
  readonly placed_at: Date
}

/** The order of a row. */
export const toOrderRecord = (row: OrderRow): OrderRecord => {
  const signed = z.decode(signedOrder, row.document)
  return {
    key: { collection: row.collection, currency: row.currency },
    order: toBookOrder(signed.order, row.order_hash, row.sequence),
    standing: {
      maxFills: Number(row.max_fills),
      filled: Number(row.filled),
      reserved: Number(row.reserved),
      closed: row.closed ?? undefined,
      hold: row.hold_code === null ? undefined : { code: row.hold_code, says: row.hold_says ?? '' },
    },
    signed,
    signedBy: row.signed_by,
    placedAt: row.placed_at,
  }
}

/** The orders with these hashes, those that are known. */
export const findOrders = async (sql: Sql, hashes: readonly Hex[]): Promise<readonly OrderRecord[]> => {
  const rows = await sql.query<OrderRow>(
    `SELECT ${orderColumns} FROM signed_order WHERE order_hash = ANY ($1::text[])`,
    [hashes],
  )
  return rows.map(toOrderRecord)
}

/** Keeps a new order; false when it is kept already. */
export const insertOrder = async (tx: Sql, record: OrderRecord, recheckAt: Date): Promise<boolean> => {
  const { key, order, standing, signed } = record
  const rows = await tx.query(
    `INSERT INTO signed_order (order_hash, collection, currency, sequence, side, maker, taker, token_id, token_epoch, price,
       max_fills, ends_at, nonce, document, signed_by, filled, reserved, state, placed_at, recheck_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
     ON CONFLICT (order_hash) DO NOTHING RETURNING id`,
    [
      order.orderHash,
      key.collection,
      key.currency,
      order.sequence,
      order.side,
      order.maker,
      order.taker ?? null,
      order.tokenId ?? null,
      signed.order.tokenEpoch,
      order.price,
      order.maxFills,
      order.end,
      signed.order.nonce,
      JSON.stringify(z.encode(signedOrder, signed)),
      record.signedBy,
      standing.filled,
      standing.reserved,
      stateOf(standing),
      record.placedAt,
      recheckAt,
    ],
  )
  return rows.length > 0
}

/** Keeps an order's new standing; `recheckAt` undefined leaves the next look at the chain as it is. */
export const saveStanding = async (
  tx: Sql,
  orderHash: Hex,
  standing: Standing,
  recheckAt: Date | 'never' | undefined,
): Promise<void> => {
  await tx.query(
    `UPDATE signed_order SET filled = $2, reserved = $3, closed = $4, hold_code = $5, hold_says = $6, state = $7,
       recheck_at = coalesce($8::timestamptz, recheck_at) WHERE order_hash = $1`,
    [
      orderHash,
      standing.filled,
      standing.reserved,
      standing.closed ?? null,
      standing.hold?.code ?? null,
      standing.hold?.says ?? null,
      stateOf(standing),
      recheckAt === 'never' ? 'infinity' : (recheckAt ?? null),
    ],
  )
}

const PAGE = 200

/** The open orders that `order` could trade with, best first, until they offer `units` or there are no more. */
export const findCandidates = async (
  tx: Sql,
  key: BookKey,
  taking: { readonly order: BookOrder; readonly units: number; readonly now: number },
): Promise<readonly Candidate[]> => {
  const found: Candidate[] = []
  let units = 0
  while (units < taking.units) {
    const limit = Math.min(PAGE, taking.units - units)
    const page = await findPage(tx, key, taking, { limit, offset: found.length })
    found.push(...page)
    units += page.reduce((sum, candidate) => sum + candidate.units, 0)
    if (page.length < limit) break
  }
  return found
}

const findPage = async (
  tx: Sql,
  key: BookKey,
  { order, now }: { readonly order: BookOrder; readonly now: number },
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<readonly Candidate[]> => {
  const rows = await tx.query<OrderRow>(candidateStatement(order), [
    key.collection,
    key.currency,
    order.price,
    now,
    order.maker,
    order.taker ?? null,
    limit,
    offset,
    ...(order.tokenId === undefined ? [] : [order.tokenId]),
  ])
  return rows.map((row) => {
    const { order: resting, standing } = toOrderRecord(row)
    return { order: resting, units: matchable(standing) }
  })
}

const candidateStatement = (order: BookOrder): string => {
  const [side, compare, direction]: [Side, string, string] =
    order.side === 'ask' ? ['bid', '>=', 'DESC'] : ['ask', '<=', 'ASC']
  const select = (scope: string) =>
    `(SELECT ${orderColumns} FROM signed_order WHERE collection = $1 AND currency = $2 AND side = '${side}'
       AND state = 'open' AND price ${compare} $3 AND ends_at >= $4 AND (taker IS NULL OR taker = $5)
       AND ($6::text IS NULL OR maker = $6) ${scope} ORDER BY price ${direction}, sequence LIMIT $7::bigint + $8::bigint)`
  const scopes =
    order.tokenId === undefined
      ? ['']
      : side === 'ask'
        ? ['AND token_id = $9']
        : ['AND token_id = $9', 'AND token_id IS NULL']
  return `SELECT * FROM (${scopes.map(select).join(' UNION ALL ')}) AS candidates
    ORDER BY price ${direction}, sequence LIMIT $7 OFFSET $8`
}
