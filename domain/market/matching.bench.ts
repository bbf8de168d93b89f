import { createBook } from './book.ts'
import { type Match, matchOrder } from './matching.ts'
import { type BookOrder, ranksBefore } from './order.ts'
import { accountOf, hashOf } from './testing/command-streams.ts'

const ORDERS = 100_000
const ROUNDS = 3

/** A multiplicative generator (Lehmer, 2^31 − 1): the same stream in every run. */
const createRandom = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

/** Asks and bids around one price over `tokens` tokens, every fourth bid on any token; makers do not meet themselves. */
const createStream = (tokens: number): readonly BookOrder[] => {
  const random = createRandom(7)
  return Array.from({ length: ORDERS }, (_, index): BookOrder => {
    const side = random(2) === 0 ? 'ask' : 'bid'
    const isOnAny = side === 'bid' && random(4) === 0
    return {
      orderHash: hashOf(index + 1),
      side,
      maker: accountOf(2 * random(1_000) + (side === 'ask' ? 1 : 2)),
      taker: undefined,
      tokenId: isOnAny ? undefined : BigInt(random(tokens)),
      price: 1_000_000n + BigInt(random(20_000) + (side === 'ask' ? 8_000 : 0)),
      maxFills: isOnAny ? 1 + random(3) : 1,
      end: 10,
      sequence: BigInt(index + 1),
    }
  })
}

const runBook = (stream: readonly BookOrder[]): number => {
  const book = createBook()
  let matches = 0
  for (const order of stream) {
    const result = book.apply({ kind: 'place', order, filled: 0, now: 0 })
    if (result.ok) matches += result.value.length
  }
  return matches
}

/** The baseline: per token and side one sorted array, spliced; bids on any token in another, merged by sorting. */
const runSortedArrays = (stream: readonly BookOrder[]): number => {
  const sides = { ask: new Map<bigint | undefined, BookOrder[]>(), bid: new Map<bigint | undefined, BookOrder[]>() }
  const units = new Map<BookOrder, number>()
  let count = 0
  const listOf = (side: 'ask' | 'bid', token: bigint | undefined) => {
    const list = sides[side].get(token) ?? []
    sides[side].set(token, list)
    return list
  }
  const insert = (list: BookOrder[], order: BookOrder) => {
    let [low, high] = [0, list.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const other = list[middle]
      if (other !== undefined && ranksBefore(other, order)) low = middle + 1
      else high = middle
    }
    list.splice(low, 0, order)
  }
  const remove = (order: BookOrder) => {
    for (const token of new Set([order.tokenId, undefined])) {
      const list = listOf(order.side, token)
      const at = list.indexOf(order)
      if (at >= 0) list.splice(at, 1)
    }
  }
  const hashes = new Map<string, BookOrder>()
  for (const order of stream) {
    const lists =
      order.side === 'ask' ? [listOf('bid', order.tokenId), listOf('bid', undefined)] : [listOf('ask', order.tokenId)]
    const best = lists.flatMap((list) => list.slice(0, order.maxFills)).sort((a, b) => (ranksBefore(a, b) ? -1 : 1))
    const candidates = best.map((other) => ({ order: other, units: units.get(other) ?? 0 }))
    const result = matchOrder({ order, units: order.maxFills, now: 0 }, candidates)
    if (!result.ok) continue
    const matches: readonly Match[] = result.value
    count += matches.length
    units.set(order, order.maxFills)
    hashes.set(order.orderHash, order)
    for (const match of matches) {
      for (const hash of [match.askHash, match.bidHash]) {
        const party = hashes.get(hash)
        if (party === undefined) continue
        const left = (units.get(party) ?? 0) - 1
        units.set(party, left)
        if (left === 0 && party !== order) remove(party)
      }
    }
    if ((units.get(order) ?? 0) === 0) continue
    insert(listOf(order.side, order.tokenId), order)
    if (order.side === 'ask') insert(listOf('ask', undefined), order)
  }
  return count
}

/** The best of several rounds by processor time (garbage collection included), so that a busy machine does not blur it. */
const perSecond = (run: (stream: readonly BookOrder[]) => number, stream: readonly BookOrder[]) => {
  let best = 0
  let matches = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage()
    matches = run(stream)
    const { user, system } = process.cpuUsage(before)
    best = Math.max(best, (stream.length / (user + system)) * 1_000_000)
  }
  return { best, matches }
}

for (const tokens of [1, 100, 10_000]) {
  const stream = createStream(tokens)
  const book = perSecond(runBook, stream)
  const baseline = perSecond(runSortedArrays, stream)
  if (book.matches !== baseline.matches)
    throw new Error(`the book made ${book.matches} matches, sorted arrays ${baseline.matches}`)
  const show = (rate: number) => Math.round(rate).toLocaleString('en')
  console.log(
    `${tokens} token(s): ${show(book.best)} orders/s, ${book.matches} matches; sorted arrays ${show(baseline.best)} orders/s; ratio ${(book.best / baseline.best).toFixed(2)}`,
  )
}
console.log(
  'Limited by one core: the index of orders by hash, comparing bigint prices in the heaps, and collecting one object for each new standing.',
)
