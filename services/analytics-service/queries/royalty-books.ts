import { address, type Hex } from '@knowton/core'
import type { RoyaltyBook, SplitPosition } from '@knowton/domain/royalty'
import { pageCursor, type Warehouse } from '@knowton/kit'
import * as z from 'zod'
import { type Halves, parseTotal, totalSql } from './total.ts'
import { toWarehouseTime } from './warehouse-time.ts'

/** SQL for a set of splitters, by name `splitter`, and its parameters. */
export type Scope = { readonly text: string; readonly params: Readonly<Record<string, unknown>> }

/** Facts that stand before `{to}`. */
const standing = "NOT reverted AND block_time < {to:DateTime64(3, 'UTC')}"

/** One statement, so that income, claims and holders are of the same moment. */
const factsSql = (scope: string) => `
  SELECT splitter, kind, currency, position, holder, ${totalSql('ifNull(amount, 0)')} AS amount,
    max((block_number, log_index)) AS place, any(recipients) AS recipients, any(shares_ppm) AS shares
  FROM royalty_distributions FINAL
  WHERE ${standing} AND splitter IN (${scope})
  GROUP BY splitter, kind, currency, position, holder
  ORDER BY splitter, place`

const tokensSql = (scope: string) => `
  SELECT splitter, arraySort(groupUniqArray(token)) AS tokens
  FROM (
    SELECT royalty_receiver AS splitter, token_id AS token FROM nft_minted FINAL
    WHERE ${standing} AND royalty_receiver IN (${scope})
    UNION ALL
    SELECT splitter, assumeNotNull(token_id) FROM royalty_distributions FINAL
    WHERE ${standing} AND kind = 'paid' AND splitter IN (${scope})
  )
  GROUP BY splitter`

type Common = {
  readonly splitter: Hex
  readonly amount: Halves
  readonly recipients: readonly Hex[]
  readonly shares: readonly number[]
}
type Row = Common &
  (
    | { readonly kind: 'split-created' }
    | { readonly kind: 'paid'; readonly currency: Hex }
    | { readonly kind: 'claimed'; readonly position: number; readonly holder: Hex; readonly currency: Hex }
    | { readonly kind: 'position-moved'; readonly position: number; readonly holder: Hex }
  )

/** Rows come in chain order: the last movement of a position names its holder. */
const positionsOf = (rows: readonly Row[]): readonly SplitPosition[] => {
  const created = rows.find((row) => row.kind === 'split-created')
  const movedTo = new Map(rows.flatMap((row) => (row.kind === 'position-moved' ? [[row.position, row.holder]] : [])))
  return (created?.recipients ?? []).map((recipient, position) => ({
    position,
    holder: movedTo.get(position) ?? recipient,
    sharePpm: created?.shares[position] ?? 0,
  }))
}

const bookOf = (splitter: Hex, rows: readonly Row[], tokens: readonly string[]): RoyaltyBook => ({
  splitter,
  tokenIds: tokens.map(BigInt),
  positions: positionsOf(rows),
  income: rows.flatMap((row) =>
    row.kind === 'paid' ? [{ currency: row.currency, received: parseTotal(row.amount) }] : [],
  ),
  claims: rows.flatMap((row) =>
    row.kind === 'claimed'
      ? [{ position: row.position, holder: row.holder, currency: row.currency, amount: parseTotal(row.amount) }]
      : [],
  ),
})

/** The books of the splitters in `scope` as of `to` (exclusive), by address. */
export const readRoyaltyBooks = async (
  warehouse: Warehouse,
  scope: Scope,
  to: Date,
): Promise<readonly RoyaltyBook[]> => {
  const params = { ...scope.params, to: toWarehouseTime(to) }
  const rows = await warehouse.query<Row>(factsSql(scope.text), params)
  const tokens = await warehouse.query<{ splitter: Hex; tokens: readonly string[] }>(tokensSql(scope.text), params)
  const tokensBySplitter = new Map(tokens.map((row) => [row.splitter, row.tokens]))
  return [...Map.groupBy(rows, (row) => row.splitter)].map(([splitter, facts]) =>
    bookOf(splitter, facts, tokensBySplitter.get(splitter) ?? []),
  )
}

/** The splitters that `account` has or had a part in, and the account itself, to which royalties may be paid directly. */
export const splittersOf = (account: Hex): Scope => ({
  text: `SELECT splitter FROM royalty_distributions FINAL WHERE NOT reverted
    AND (has(recipients, {account:FixedString(42)}) OR holder = {account:String} OR splitter = {account:String})`,
  params: { account },
})

/** `rows` splitters by address, after `after`. */
export const splittersAfter = (after: Hex | undefined, rows: number): Scope => ({
  text: `SELECT DISTINCT splitter FROM royalty_distributions FINAL WHERE NOT reverted AND kind = 'split-created'
    AND splitter > {after:String} ORDER BY splitter LIMIT {rows:UInt32}`,
  params: { after: after ?? '', rows },
})

/** Lists of splitters go by address. */
export const splitterCursor = pageCursor(z.tuple([address]))
