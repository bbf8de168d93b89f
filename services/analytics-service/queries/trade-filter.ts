import type { Hex } from '@knowton/core'
import { toWarehouseTime } from './warehouse-time.ts'

/** Which trades: a window (from inclusive, to exclusive), a collection, a token, a currency, either party. */
export type TradeFilter = {
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  readonly collection?: Hex | undefined
  readonly tokenId?: bigint | undefined
  readonly currency?: Hex | undefined
  readonly account?: Hex | undefined
}

/** A condition with one parameter; it applies only when the value is given. */
type Condition = { readonly text: string; readonly name: string; readonly value: unknown }

const conditionsOf = (filter: TradeFilter): readonly Condition[] => [
  { text: "block_time >= {from:DateTime64(3, 'UTC')}", name: 'from', value: toWarehouseTime(filter.from) },
  { text: "block_time < {to:DateTime64(3, 'UTC')}", name: 'to', value: toWarehouseTime(filter.to) },
  { text: 'collection = {collection:String}', name: 'collection', value: filter.collection },
  { text: 'token_id = {tokenId:UInt256}', name: 'tokenId', value: filter.tokenId },
  { text: 'currency = {currency:String}', name: 'currency', value: filter.currency },
  { text: '(seller = {account:String} OR buyer = {account:String})', name: 'account', value: filter.account },
]

/** SQL after `FROM` for the trades that stand: each fact once in its latest state, those of undone blocks left out. */
export const standingTrades = (
  filter: TradeFilter,
): { readonly text: string; readonly params: Readonly<Record<string, unknown>> } => {
  // Texts are constants, values are bound.
  const given = conditionsOf(filter).filter(({ value }) => value !== undefined)
  return {
    text: ['trades FINAL WHERE NOT reverted', ...given.map(({ text }) => text)].join(' AND '),
    params: Object.fromEntries(given.map(({ name, value }) => [name, value])),
  }
}
