import type { Candidate } from './matching.ts'

/** The units and orders at one price. */
export type Level = { readonly price: bigint; readonly units: number; readonly orders: number }

/** Groups orders that come best first by price, private ones left out. */
export const levelsOf = (candidates: Iterable<Candidate>): readonly Level[] => {
  const levels: Level[] = []
  for (const { order, units } of candidates) {
    if (order.taker !== undefined) continue
    const last = levels.at(-1)
    if (last?.price === order.price) {
      levels[levels.length - 1] = { price: last.price, units: last.units + units, orders: last.orders + 1 }
    } else {
      levels.push({ price: order.price, units, orders: 1 })
    }
  }
  return levels
}
