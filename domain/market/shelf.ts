import { heapify, pop, push } from './heap.ts'
import { type BookOrder, ranksBefore } from './order.ts'
import { matchable, type Standing } from './standing.ts'

/** An order in the book with its changing standing and the one or two shelves it is looked for on. */
export type Entry = {
  readonly order: BookOrder
  standing: Standing
  readonly shelves: readonly Shelf[]
  /** Bit `n` is set while it lies on shelf `n`: cheaper by far than a set of members on each shelf. */
  lies: number
}

/**
 * Orders of one side, best first: a binary heap. An entry that can no longer match stays where it is and is dropped when
 * it comes to the top, or when such entries outnumber the others.
 */
export type Shelf = { entries: Entry[]; idle: number }

const COMPACT_ABOVE = 64

/** An empty shelf. */
export const createShelf = (): Shelf => ({ entries: [], idle: 0 })

/** Puts a matchable entry on a shelf, or back in service when it still lies there. */
export const shelve = (shelf: Shelf, entry: Entry): void => {
  const bit = bitOf(shelf, entry)
  if ((entry.lies & bit) !== 0) {
    shelf.idle -= 1
    return
  }
  entry.lies |= bit
  push(shelf.entries, entry, isFirst)
}

/** Notes that an entry on the shelf stopped being matchable. */
export const retire = (shelf: Shelf): void => {
  shelf.idle += 1
  if (shelf.entries.length < COMPACT_ABOVE || shelf.idle * 2 < shelf.entries.length) return
  const kept: Entry[] = []
  for (const entry of shelf.entries) {
    if (isMatchable(entry)) kept.push(entry)
    else entry.lies &= ~bitOf(shelf, entry)
  }
  shelf.entries = kept
  shelf.idle = 0
  heapify(kept, isFirst)
}

/** The matchable entries of several shelves of one side together, best first. The shelves must not change meanwhile. */
export function* inPriority(shelves: readonly Shelf[]): Generator<Entry> {
  const frontier: Place[] = []
  for (const shelf of shelves) {
    dropIdleTop(shelf)
    reach(frontier, shelf.entries, 0)
  }
  for (let place = pop(frontier, isNearer); place !== undefined; place = pop(frontier, isNearer)) {
    if (isMatchable(place.entry)) yield place.entry
    reach(frontier, place.entries, 2 * place.index + 1)
    reach(frontier, place.entries, 2 * place.index + 2)
  }
}

/** Where a walk through a heap can go on: below every place lie only entries that rank after it. */
type Place = { readonly entry: Entry; readonly entries: readonly Entry[]; readonly index: number }

const reach = (frontier: Place[], entries: readonly Entry[], index: number): void => {
  const entry = entries[index]
  if (entry !== undefined) push(frontier, { entry, entries, index }, isNearer)
}

const bitOf = (shelf: Shelf, entry: Entry): number => (entry.shelves[0] === shelf ? 1 : 2)

const isFirst = (left: Entry, right: Entry): boolean => ranksBefore(left.order, right.order)
const isNearer = (left: Place, right: Place): boolean => ranksBefore(left.entry.order, right.entry.order)
const isMatchable = (entry: Entry): boolean => matchable(entry.standing) > 0

const dropIdleTop = (shelf: Shelf): void => {
  for (let top = shelf.entries[0]; top !== undefined && !isMatchable(top); top = shelf.entries[0]) {
    pop(shelf.entries, isFirst)
    top.lies &= ~bitOf(shelf, top)
    shelf.idle -= 1
  }
}
