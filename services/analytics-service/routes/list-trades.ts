import { ok } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { analyticsService } from '@knowton/system'
import type { Ports } from '../ports.ts'
import { readTrades } from '../queries/trade-list.ts'

/** Trades, newest first. */
export const listTrades: Handler<typeof analyticsService, 'listTrades', Ports> = async ({ query }, { ports }) => {
  const { cursor, limit, ...filter } = query
  return ok(await readTrades(ports.warehouse, filter, { cursor, limit }))
}
