import { type Hex, ok, type Result } from '@knowton/core'
import type { Command } from './command.ts'
import { type Level, levelsOf } from './levels.ts'
import { type Candidate, type Match, matchOrder, type OwnOrder, ownOrderHold } from './matching.ts'
import type { BookOrder, Side } from './order.ts'
import { createRacks, type Racks, shelvesAbout, shelvesFacing, shelvesOf } from './racks.ts'
import { type Entry, inPriority, retire, shelve } from './shelf.ts'
import {
  close,
  fill,
  hold,
  matchable,
  newStanding,
  release,
  reserve,
  resume,
  type Standing,
  settle,
  unfill,
  unsettle,
} from './standing.ts'

/** The order book of one collection and currency, in memory. */
export type Book = {
  /** Carries a command out; a refused one changes nothing. Throws RangeError on a command that cannot follow the earlier ones. */
  readonly apply: (command: Command) => Result<readonly Match[], OwnOrder>
  readonly standing: (orderHash: Hex) => Standing | undefined
  /** The matchable orders of a side that concern a token, best first; bids on any token included. */
  readonly orders: (side: Side, tokenId: bigint) => readonly Candidate[]
  /** The same by price, private orders left out: nobody else can take them. */
  readonly levels: (side: Side, tokenId: bigint) => readonly Level[]
}

/** An empty book. */
export const createBook = (): Book => {
  const state: State = { entries: new Map(), racks: createRacks() }
  const orders = (side: Side, tokenId: bigint) => [
    ...candidatesIn(inPriority(shelvesAbout(state.racks, side, tokenId))),
  ]
  return {
    apply: (command) => apply(state, command),
    standing: (orderHash) => state.entries.get(orderHash)?.standing,
    orders,
    levels: (side, tokenId) => levelsOf(orders(side, tokenId)),
  }
}

type State = { readonly entries: Map<Hex, Entry>; readonly racks: Racks }
type CommandOf<K extends Command['kind']> = Extract<Command, { readonly kind: K }>
type Outcome = Result<readonly Match[], OwnOrder>

const NO_MATCHES: Outcome = ok([])

const apply = (state: State, command: Command): Outcome => {
  switch (command.kind) {
    case 'place':
      return placeOrder(state, command)
    case 'resume':
      return resumeOrder(state, command)
    case 'cancel':
      return change(state, [command.orderHash], (before) => close(before, 'cancelled'))
    case 'expire':
      return change(state, [command.orderHash], (before) => close(before, 'expired'))
    case 'hold':
      return change(state, [command.orderHash], (before) => hold(before, command.reason))
    case 'fill':
      return change(state, [command.orderHash], fill)
    case 'unfill':
      return change(state, [command.orderHash], (before) => hold(unfill(before), command.reason))
    case 'settle':
      return change(state, [command.askHash, command.bidHash], settle)
    case 'unsettle':
      return change(state, [command.askHash, command.bidHash], unsettle)
    case 'release':
      return change(state, [command.askHash, command.bidHash], (before) => hold(release(before), command.reason))
  }
}

const placeOrder = (state: State, { order, filled, now }: CommandOf<'place'>): Outcome => {
  if (state.entries.has(order.orderHash)) throw new RangeError(`the book has order ${order.orderHash} already`)
  const standing = newStanding(order.maxFills, filled)
  const result = seek(state, order, matchable(standing), now)
  if (!result.ok) return result
  const entry: Entry = { order, standing, shelves: shelvesOf(state.racks, order), lies: 0 }
  state.entries.set(order.orderHash, entry)
  if (matchable(standing) > 0) for (const shelf of entry.shelves) shelve(shelf, entry)
  reserveAll(state, result.value)
  return result
}

const resumeOrder = (state: State, { orderHash, now }: CommandOf<'resume'>): Outcome => {
  const { order, standing } = entryOf(state, orderHash)
  const freed = resume(standing)
  const result = seek(state, order, matchable(freed), now)
  if (!result.ok) return change(state, [orderHash], (before) => hold(before, ownOrderHold(result.refusal)))
  change(state, [orderHash], () => freed)
  reserveAll(state, result.value)
  return result
}

const seek = (state: State, order: BookOrder, units: number, now: number): Outcome =>
  matchOrder({ order, units, now }, candidatesIn(inPriority(shelvesFacing(state.racks, order))))

const reserveAll = (state: State, matches: readonly Match[]): void => {
  for (const match of matches) change(state, [match.askHash, match.bidHash], reserve)
}

const change = (state: State, hashes: readonly Hex[], next: (before: Standing) => Standing): Outcome => {
  for (const hash of hashes) {
    const entry = entryOf(state, hash)
    const was = matchable(entry.standing) > 0
    entry.standing = next(entry.standing)
    const is = matchable(entry.standing) > 0
    if (was === is) continue
    for (const shelf of entry.shelves) is ? shelve(shelf, entry) : retire(shelf)
  }
  return NO_MATCHES
}

const entryOf = (state: State, orderHash: Hex): Entry => {
  const entry = state.entries.get(orderHash)
  if (entry === undefined) throw new RangeError(`the book has no order ${orderHash}`)
  return entry
}

function* candidatesIn(found: Iterable<Entry>): Generator<Candidate> {
  for (const { order, standing } of found) yield { order, units: matchable(standing) }
}
