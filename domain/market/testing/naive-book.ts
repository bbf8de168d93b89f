import type { Hex } from '@knowton/core'
import type { Command } from '../command.ts'
import type { Match } from '../matching.ts'
import type { BookOrder } from '../order.ts'

/**
 * The rules of the book written as plainly as they can be, one list and no index: the reference that tests hold the book
 * against. `refused` = the order would have met one of its own maker.
 */
export const createNaiveBook = () => {
  const rows: NaiveRow[] = []
  const row = (orderHash: Hex) => {
    const found = rows.find(({ order }) => order.orderHash === orderHash)
    if (found === undefined) throw new RangeError(orderHash)
    return found
  }

  const match = (taking: NaiveRow, now: number): Match[] | 'refused' => {
    const matches: Match[] = []
    const free = new Map(rows.map((other) => [other, freeUnits(other)]))
    let units = freeUnits(taking)
    while (units > 0 && taking.order.end >= now) {
      const best = rows
        .filter((other) => (free.get(other) ?? 0) > 0 && other.order.end >= now && fits(taking.order, other.order))
        .sort((left, right) => byPriority(left.order, right.order))[0]
      if (best === undefined) break
      if (best.order.maker === taking.order.maker) return 'refused'
      free.set(best, (free.get(best) ?? 0) - 1)
      units -= 1
      matches.push(pair(taking.order, best.order))
    }
    for (const { askHash, bidHash } of matches) for (const hash of [askHash, bidHash]) row(hash).reserved += 1
    return matches
  }

  const apply = (command: Command): readonly Match[] | 'refused' => {
    switch (command.kind) {
      case 'place': {
        const taking = { order: command.order, filled: command.filled, reserved: 0, closed: '', held: false }
        rows.push(taking)
        const result = match(taking, command.now)
        if (result === 'refused') rows.pop()
        return result
      }
      case 'resume': {
        const taking = row(command.orderHash)
        taking.held = false
        const result = match(taking, command.now)
        if (result === 'refused') taking.held = true
        return result === 'refused' ? [] : result
      }
      case 'cancel':
      case 'expire':
        row(command.orderHash).closed ||= command.kind
        return []
      case 'hold':
        row(command.orderHash).held = true
        return []
      case 'fill':
        row(command.orderHash).filled += 1
        return []
      case 'unfill':
        Object.assign(row(command.orderHash), { filled: row(command.orderHash).filled - 1, held: true })
        return []
      default:
        for (const changed of [row(command.askHash), row(command.bidHash)]) {
          changed.reserved += command.kind === 'unsettle' ? 1 : -1
          changed.filled += { settle: 1, unsettle: -1, release: 0 }[command.kind]
          if (command.kind === 'release') changed.held = true
        }
        return []
    }
  }
  return { apply, rows: rows as readonly NaiveRow[] }
}

export type NaiveRow = { readonly order: BookOrder; filled: number; reserved: number; closed: string; held: boolean }

/** Units a row may still match. */
export const freeUnits = (row: NaiveRow): number =>
  row.closed !== '' || row.held ? 0 : Math.max(0, row.order.maxFills - row.filled - row.reserved)

/** True when two orders could trade, whoever made them. */
export const fits = (one: BookOrder, other: BookOrder): boolean => {
  if (one.side === other.side) return false
  const [ask, bid] = one.side === 'ask' ? [one, other] : [other, one]
  if (ask.price > bid.price) return false
  if (bid.tokenId !== undefined && bid.tokenId !== ask.tokenId) return false
  return [ask.taker ?? bid.maker, bid.taker ?? ask.maker].join() === [bid.maker, ask.maker].join()
}

const byPriority = (left: BookOrder, right: BookOrder): number => {
  const better = left.side === 'ask' ? left.price - right.price : right.price - left.price
  return Number(better === 0n ? left.sequence - right.sequence : better)
}

const pair = (one: BookOrder, other: BookOrder): Match => {
  const [ask, bid] = one.side === 'ask' ? [one, other] : [other, one]
  return {
    askHash: ask.orderHash,
    bidHash: bid.orderHash,
    tokenId: ask.tokenId ?? 0n,
    price: one.sequence < other.sequence ? one.price : other.price,
    seller: ask.maker,
    buyer: bid.maker,
  }
}
