import { type Hex, ok, type Result } from '@knowton/core'
import { type Command, nextFillState, ordersOf } from '../command.ts'
import { type FillState, hold, matchableUnits, newFillState, reserve, resume } from '../fill-state.ts'
import { type Match, matchOrder, type OwnOrder, ownOrderHold } from '../matching.ts'
import type { BookOrder } from '../order.ts'

/** The rules of this folder over one plain list of orders, as the service applies them over its tables. */
export type ListBook = {
  /** Carries a command out; a refused one changes nothing. Throws RangeError when it cannot follow the earlier ones. */
  readonly apply: (command: Command) => Result<readonly Match[], OwnOrder>
  readonly fillState: (orderHash: Hex) => FillState | undefined
}

type Entry = { readonly order: BookOrder; fill: FillState }

/** An empty book. */
export const createListBook = (): ListBook => {
  const entries = new Map<Hex, Entry>()
  const entryOf = (orderHash: Hex): Entry => {
    const entry = entries.get(orderHash)
    if (entry === undefined) throw new RangeError(`the book has no order ${orderHash}`)
    return entry
  }
  const findMatches = ({ order, fill }: Entry, now: number) => {
    const others = [...entries.values()].filter((other) => other.order.side !== order.side)
    const candidates = others.map((other) => ({ order: other.order, units: matchableUnits(other.fill) }))
    const open = candidates.filter(({ units }) => units > 0).sort((a, b) => (ranksBefore(a.order, b.order) ? -1 : 1))
    return matchOrder({ order, units: matchableUnits(fill), now }, open)
  }
  const reserveAll = (matches: readonly Match[]) => {
    for (const hash of matches.flatMap(({ askHash, bidHash }) => [askHash, bidHash])) {
      const entry = entryOf(hash)
      entry.fill = reserve(entry.fill)
    }
  }
  const apply: ListBook['apply'] = (command) => {
    if (command.kind === 'place') {
      const { order, filled, now } = command
      const entry = { order, fill: newFillState(order.maxFills, filled) }
      const found = findMatches(entry, now)
      if (!found.ok) return found
      entries.set(order.orderHash, entry)
      reserveAll(found.value)
      return found
    }
    if (command.kind === 'resume') {
      const entry = entryOf(command.orderHash)
      const found = findMatches({ ...entry, fill: resume(entry.fill) }, command.now)
      entry.fill = found.ok ? resume(entry.fill) : hold(entry.fill, ownOrderHold(found.refusal))
      if (!found.ok) return ok([])
      reserveAll(found.value)
      return found
    }
    for (const entry of ordersOf(command).map(entryOf)) entry.fill = nextFillState(entry.fill, command)
    return ok([])
  }
  return { apply, fillState: (orderHash) => entries.get(orderHash)?.fill }
}

/** True when `left` is served before `right`, an order of the same side: the better price, then the earlier sequence. */
const ranksBefore = (left: BookOrder, right: BookOrder): boolean => {
  if (left.price === right.price) return left.sequence < right.sequence
  return left.side === 'ask' ? left.price < right.price : left.price > right.price
}
