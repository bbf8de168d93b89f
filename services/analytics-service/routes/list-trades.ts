import { ok } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { readTrades } from '../queries/trade-list.ts'

/** Trades, newest first. */
export const listTrades: Handler<Declared, 'listTrades', Ports> = async ({ query }, { ports }) => {
  const { cursor, limit, ...filter } = query
  return ok(await readTrades(ports.warehouse, filter, { cursor, limit }))
}
