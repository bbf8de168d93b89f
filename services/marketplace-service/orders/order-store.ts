import type { Hex } from '@knowton/core'
import {
  type BookOrder,
  type FillState,
  type Order,
  type OrderStatus,
  statusOf,
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
  readonly fillState: FillState
  readonly signed: SignedOrder
  readonly signedBy: 'key' | 'contract'
  readonly placedAt: Date
}
export type SignedOrder = { readonly order: Order; readonly signature: Hex }

/** The statuses of an order that may still trade. */
export const LIVE = `('open', 'settling', 'unfillable')`

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
    fillState: {
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
  const { key, order, fillState, signed } = record
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
      fillState.filled,
      fillState.reserved,
      statusOf(fillState),
      record.placedAt,
      recheckAt,
    ],
  )
  return rows.length > 0
}

/** Keeps an order's new fill state; `recheckAt` undefined leaves the next look at the chain as it is. */
export const saveFillState = async (
  tx: Sql,
  orderHash: Hex,
  fillState: FillState,
  recheckAt: Date | 'never' | undefined,
): Promise<void> => {
  await tx.query(
    `UPDATE signed_order SET filled = $2, reserved = $3, closed = $4, hold_code = $5, hold_says = $6, state = $7,
       recheck_at = coalesce($8::timestamptz, recheck_at) WHERE order_hash = $1`,
    [
      orderHash,
      fillState.filled,
      fillState.reserved,
      fillState.closed ?? null,
      fillState.hold?.code ?? null,
      fillState.hold?.says ?? null,
      statusOf(fillState),
      recheckAt === 'never' ? 'infinity' : (recheckAt ?? null),
    ],
  )
}

/** An order of the maker that may still trade under this nonce; undefined when there is none. */
export const findLiveOrderOfNonce = async (
  sql: Sql,
  { maker, nonce }: Pick<Order, 'maker' | 'nonce'>,
): Promise<Hex | undefined> => {
  const [row] = await sql.query<{ readonly order_hash: Hex }>(
    `SELECT order_hash FROM signed_order WHERE maker = $1 AND nonce = $2 AND state IN ${LIVE} LIMIT 1`,
    [maker, nonce],
  )
  return row?.order_hash
}

/** Live orders that name the token with an earlier epoch and are not held for that yet, the oldest first. */
export const findOutdatedOrders = async (
  sql: Sql,
  token: { readonly tokenId: bigint; readonly epoch: bigint },
): Promise<readonly { readonly orderHash: Hex; readonly currency: Hex }[]> =>
  sql.query(
    `SELECT order_hash AS "orderHash", currency FROM signed_order WHERE token_id = $1 AND state IN ${LIVE}
       AND token_epoch > 0 AND token_epoch < $2 AND hold_code IS DISTINCT FROM 'order.epoch' ORDER BY id`,
    [token.tokenId, token.epoch],
  )

/** Orders whose row is older than `before`, newest first, at most `limit`. */
export const listOrderRows = (
  sql: Sql,
  wanted: {
    readonly maker?: Hex | undefined
    readonly tokenId?: bigint | undefined
    readonly status?: OrderStatus | undefined
  },
  before: bigint,
  limit: number,
): Promise<readonly OrderRow[]> =>
  sql.query<OrderRow>(
    `SELECT ${orderColumns} FROM signed_order
     WHERE id < $1 AND ($2::text IS NULL OR maker = $2) AND ($3::numeric IS NULL OR token_id = $3)
       AND ($4::text IS NULL OR state = $4)
     ORDER BY id DESC LIMIT $5`,
    [before, wanted.maker ?? null, wanted.tokenId ?? null, wanted.status ?? null, limit],
  )
