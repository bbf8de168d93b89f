import { ok } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { readCandles } from '../queries/candles.ts'

/** Candles of a token or a collection in one currency. */
export const getCandles: Handler<Declared, 'getCandles', Ports> = async ({ query }, { ports }) => {
  const { interval, ...filter } = query
  return ok({ items: await readCandles(ports.warehouse, filter, interval) })
}
