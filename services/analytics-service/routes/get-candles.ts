import { ok } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { analyticsService } from '@knowton/system'
import type { Ports } from '../ports.ts'
import { readCandles } from '../queries/candles.ts'

/** Candles of a token or a collection in one currency. */
export const getCandles: Handler<typeof analyticsService, 'getCandles', Ports> = async ({ query }, { ports }) => {
  const { interval, ...filter } = query
  return ok({ items: await readCandles(ports.warehouse, filter, interval) })
}
