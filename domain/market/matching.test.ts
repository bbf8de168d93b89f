import { ok, refuse } from '@knowton/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Command } from './command.ts'
import { statusOf } from './fill-state.ts'
import type { Match } from './matching.ts'
import { type Action, actions, perform } from './testing/command-streams.ts'
import { createListBook, type ListBook } from './testing/list-book.ts'
import { createNaiveBook, fits, freeUnits, type NaiveRow } from './testing/naive-book.ts'

/** Runs a stream through the rules and the naive book together; `check` sees both after each command. */
const runBoth = async (
  stream: readonly Action[],
  check: (step: { book: ListBook; rows: readonly NaiveRow[]; command: Command; matches: readonly Match[] }) => void,
) => {
  const book = createListBook()
  const naive = createNaiveBook()
  return perform(stream, (command) => {
    const expected = naive.apply(command)
    const result = book.apply(command)
    expect(result.ok ? result.value : 'refused').toEqual(expected)
    check({ book, rows: naive.rows, command, matches: result.ok ? result.value : [] })
    return result
  })
}

const forAllStreams = (property: (stream: readonly Action[]) => Promise<void>) =>
  fc.assert(fc.asyncProperty(actions(100), property), { numRuns: 150 })

const rowOf = (rows: readonly NaiveRow[], orderHash: string) => {
  const found = rows.find(({ order }) => order.orderHash === orderHash)
  if (found === undefined) throw new RangeError(orderHash)
  return found
}

describe('the rules of the book, over a plain list', () => {
  test('K10: matches and fills like a reference that shares no code with it', () =>
    forAllStreams(async (stream) => {
      const last = { book: createListBook(), rows: [] as readonly NaiveRow[] }
      await runBoth(stream, ({ book, rows }) => Object.assign(last, { book, rows }))
      for (const row of last.rows) {
        const state = last.book.fillState(row.order.orderHash)
        expect(state).toMatchObject({ filled: row.filled, reserved: row.reserved })
        expect(state?.hold !== undefined).toBe(row.held)
      }
    }))

  test('K1, K8: is never crossed once a command is carried out, and nobody trades with himself', () =>
    forAllStreams(async (stream) => {
      let now = 0
      await runBoth(stream, ({ rows, command, matches }) => {
        now = 'now' in command ? command.now : now
        const live = rows.filter((row) => freeUnits(row) > 0 && row.order.end >= now)
        const asks = live.filter(({ order }) => order.side === 'ask')
        const bids = live.filter(({ order }) => order.side === 'bid')
        expect(asks.some((ask) => bids.some((bid) => fits(ask.order, bid.order)))).toBe(false)
        for (const match of matches) expect(match.seller).not.toBe(match.buyer)
      })
    }))

  test('K2, K9: never promises more units than an order has, and buys as many as it sells', () =>
    forAllStreams(async (stream) => {
      await runBoth(stream, ({ book, rows, matches }) => {
        for (const { order } of rows) {
          const state = book.fillState(order.orderHash)
          if (state === undefined) throw new RangeError(order.orderHash)
          const { filled, reserved, maxFills } = state
          if (filled < 0 || reserved < 0 || filled + reserved > maxFills) expect.fail(JSON.stringify(state))
        }
        for (const { askHash, bidHash } of matches) {
          expect(rowOf(rows, askHash).order.side).toBe('ask')
          expect(rowOf(rows, bidHash).order.side).toBe('bid')
        }
      })
    }))

  test('K3: trades at the price of the older order, within both limits and on a token both name', () =>
    forAllStreams(async (stream) => {
      await runBoth(stream, ({ rows, matches }) => {
        for (const match of matches) {
          const [ask, bid] = [rowOf(rows, match.askHash).order, rowOf(rows, match.bidHash).order]
          expect(match.price).toBe(ask.sequence < bid.sequence ? ask.price : bid.price)
          expect(match.price >= ask.price && match.price <= bid.price).toBe(true)
          expect(match.tokenId).toBe(ask.tokenId)
          expect(bid.tokenId ?? match.tokenId).toBe(match.tokenId)
        }
      })
    }))

  test('K4: never passes over a better or earlier order that could have traded', () =>
    forAllStreams(async (stream) => {
      await runBoth(stream, ({ rows, command, matches }) => {
        if (command.kind !== 'place') return
        for (const match of matches) {
          const resting = rowOf(rows, command.order.side === 'ask' ? match.bidHash : match.askHash).order
          const better = rows.filter(
            (row) =>
              freeUnits(row) > 0 &&
              row.order.end >= command.now &&
              row.order.orderHash !== command.order.orderHash &&
              fits(command.order, row.order) &&
              (row.order.price === resting.price
                ? row.order.sequence < resting.sequence
                : row.order.price < resting.price === (resting.side === 'ask')),
          )
          expect(better).toEqual([])
        }
      })
    }))

  test('K5: replayed from its commands gives the same matches and fill states, byte for byte', () =>
    forAllStreams(async (stream) => {
      const transcript = (book: ListBook, commands: readonly Command[]) =>
        commands.map((command) => JSON.stringify([command, book.apply(command)], bigintAsText))
      const lines: string[] = []
      const book = createListBook()
      const commands = await perform(stream, (command) => {
        const result = book.apply(command)
        lines.push(JSON.stringify([command, result], bigintAsText))
        return result
      })
      expect(transcript(createListBook(), commands).join('\n')).toBe(lines.join('\n'))
    }))

  test('K6: never matches an order after it was cancelled, expired or ended', () =>
    forAllStreams(async (stream) => {
      const closed = new Set<string>()
      await runBoth(stream, ({ book, rows, command, matches }) => {
        for (const { askHash, bidHash } of matches) {
          for (const hash of [askHash, bidHash]) {
            expect(closed.has(hash)).toBe(false)
            if ('now' in command) expect(rowOf(rows, hash).order.end).toBeGreaterThanOrEqual(command.now)
          }
        }
        if (command.kind !== 'cancel' && command.kind !== 'expire') return
        closed.add(command.orderHash)
        const state = book.fillState(command.orderHash)
        expect(['cancelled', 'expired', 'filled']).toContain(state && statusOf(state))
      })
    }))

  test('K7: gives a reservation back once; a second release is a fault', () => {
    const book = createListBook()
    const [ask, bid] = [orderNumber(1, 'ask'), orderNumber(2, 'bid')]
    book.apply({ kind: 'place', order: ask, filled: 0, now: 0 })
    expect(book.apply({ kind: 'place', order: bid, filled: 0, now: 0 })).toMatchObject({
      ok: true,
      value: [{ price: 5n }],
    })
    const release = {
      kind: 'release',
      askHash: ask.orderHash,
      bidHash: bid.orderHash,
      reason: { code: 'order.funds', says: 'No money.' },
    } as const
    book.apply(release)
    expect(book.fillState(ask.orderHash)).toMatchObject({ reserved: 0, filled: 0 })
    expect(() => book.apply(release)).toThrow(RangeError)
    expect(() => book.apply({ kind: 'settle', askHash: ask.orderHash, bidHash: bid.orderHash })).toThrow(RangeError)
  })

  test('refuses an order that would meet one of its own maker, and changes nothing', () => {
    const book = createListBook()
    const [ask, own] = [orderNumber(1, 'ask'), { ...orderNumber(2, 'bid'), maker: orderNumber(1, 'ask').maker }]
    expect(book.apply({ kind: 'place', order: ask, filled: 0, now: 0 })).toEqual(ok([]))
    expect(book.apply({ kind: 'place', order: own, filled: 0, now: 0 })).toEqual(
      refuse({ kind: 'own-order', orderHash: ask.orderHash, price: 5n }),
    )
    expect(book.fillState(own.orderHash)).toBeUndefined()
  })
})

const bigintAsText = (_key: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)

const orderNumber = (number: number, side: 'ask' | 'bid') => ({
  orderHash: `0x${number.toString(16).padStart(64, '0')}` as const,
  side,
  maker: `0x${number.toString(16).padStart(40, '0')}` as const,
  taker: undefined as `0x${string}` | undefined,
  tokenId: 1n as bigint | undefined,
  price: 5n,
  maxFills: 1,
  end: 100,
  sequence: BigInt(number),
})
