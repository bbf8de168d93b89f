import { ok, type Result, refuse } from '@knowton/core'
import type { BookOrder, Command, Match, OwnOrder } from '@knowton/domain/market'
import { accountOf, actions, anAsk, createListBook, hashOf, perform } from '@knowton/domain/market/testing'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findOrders } from '../orders/order-store.ts'
import { openMarket, type TestMarket } from '../testing/open-market.ts'
import { openBook, type Placement } from './book-writer.ts'

let market: TestMarket
beforeAll(async () => {
  market = await openMarket()
})
afterAll(() => market.close())

/** An order that says what the book order says; signatures are not the writer's business. */
const placementOf = (order: BookOrder, key: { collection: `0x${string}`; currency: `0x${string}` }): Placement => ({
  orderHash: order.orderHash,
  signedBy: 'key',
  filled: 0,
  signed: {
    signature: '0x',
    order: anAsk({
      ...key,
      side: order.side === 'ask' ? 0 : 1,
      maker: order.maker,
      taker: order.taker ?? accountOf(0),
      criteriaKind: order.tokenId === undefined ? 0 : 1,
      criteria: hashOf(Number(order.tokenId ?? 0n)),
      pricePerUnit: order.price,
      maxFills: order.maxFills,
      end: order.end,
    }),
  },
})

const rolledBack = Symbol('rolled back')

describe('the book in PostgreSQL', () => {
  test('K5, K10: does what the rules over a plain list do, and its command log replays to the same', async () => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(actions(60), async (stream) => {
        run += 1
        const salt = run * 1_000
        const key = { collection: accountOf(salt), currency: accountOf(salt + 1) }
        await market.db.query('INSERT INTO book (collection, currency) VALUES ($1, $2)', [key.collection, key.currency])
        const apart = (hash: `0x${string}`) => hashOf(salt + Number(BigInt(hash)))
        const local = (command: Command): Command => {
          if (command.kind === 'place') {
            return { ...command, order: { ...command.order, orderHash: apart(command.order.orderHash) } }
          }
          return 'orderHash' in command
            ? { ...command, orderHash: apart(command.orderHash) }
            : { ...command, askHash: apart(command.askHash), bidHash: apart(command.bidHash) }
        }
        const memory = createListBook()
        await perform(stream, async (generic) => {
          const command = local(generic)
          const { result, sequence } = await apply(command, key)
          const same = command.kind === 'place' ? { ...command, order: { ...command.order, sequence } } : command
          expect(result).toEqual(memory.apply(same))
          if (!result.ok) return result
          const back = (hash: `0x${string}`) => hashOf(Number(BigInt(hash)) - salt)
          return ok(
            result.value.map((match) => ({ ...match, askHash: back(match.askHash), bidHash: back(match.bidHash) })),
          )
        })
        await expectReplay(key)
      }),
      { numRuns: 30 },
    )
  })
})

/** Carries a command out in a transaction of its own, as a route or consumer does; a refused one is rolled back. */
const apply = async (
  command: Command,
  key: { collection: `0x${string}`; currency: `0x${string}` },
): Promise<{ result: Result<readonly Match[], OwnOrder>; sequence: bigint }> => {
  const now = new Date('now' in command ? command.now * 1_000 : 0)
  let answer: Result<readonly Match[], OwnOrder> = ok([])
  let sequence = 0n
  try {
    await market.db.transaction(async (tx) => {
      const context = { tx, publish: market.jobContext().publish, now, ports: market.ports, causationId: undefined }
      const book = await openBook(context, key)
      const before = await lastMatch(tx)
      if (command.kind === 'place') {
        const placed = await book.place(placementOf(command.order, key))
        if (!placed.ok && placed.refusal.kind === 'own-order') {
          answer = refuse(placed.refusal)
          throw rolledBack
        }
        sequence = placed.ok ? placed.value.record.order.sequence : 0n
      } else if (command.kind === 'resume') await book.resume(command.orderHash)
      else await book.change(command)
      await followMatch(tx, command)
      answer = ok(await matchesAfter(tx, before))
    })
  } catch (error) {
    if (error !== rolledBack && !(error instanceof Error && error.cause === rolledBack)) throw error
  }
  return { result: answer, sequence }
}

/** Keeps the state of a match as the consumers do. */
const followMatch = async (sql: Reader, command: Command) => {
  if (!('askHash' in command)) return
  const state = { settle: 'settled', unsettle: 'settling', release: 'failed' }[command.kind]
  const before = command.kind === 'unsettle' ? 'settled' : 'settling'
  await sql.query('UPDATE order_match SET state = $3 WHERE ask_hash = $1 AND bid_hash = $2 AND state = $4', [
    command.askHash,
    command.bidHash,
    state,
    before,
  ])
}

type Reader = Pick<TestMarket['db'], 'query'>

const lastMatch = async (sql: Reader): Promise<bigint> =>
  (await sql.query<{ id: bigint }>('SELECT coalesce(max(id), 0) AS id FROM order_match'))[0]?.id ?? 0n

const matchesAfter = (sql: Reader, after: bigint) =>
  sql.query<Match>(
    `SELECT ask_hash AS "askHash", bid_hash AS "bidHash", token_id AS "tokenId", price, seller, buyer FROM order_match
     WHERE id > $1 ORDER BY id`,
    [after],
  )

/** Replays a book's log in memory and compares every fill state and match with what the tables say. */
const expectReplay = async (key: { collection: `0x${string}`; currency: `0x${string}` }) => {
  const log = await market.db.query<{ sequence: bigint; command: Record<string, unknown> }>(
    'SELECT sequence, command FROM command WHERE collection = $1 AND currency = $2 ORDER BY sequence',
    [key.collection, key.currency],
  )
  const book = createListBook()
  const matches = log.flatMap(({ sequence, command }) => {
    const result = book.apply(parseCommand(command, sequence))
    return result.ok ? result.value : []
  })
  const stored = await market.db.query<Match>(
    `SELECT ask_hash AS "askHash", bid_hash AS "bidHash", token_id AS "tokenId", price, seller, buyer FROM order_match
     WHERE collection = $1 AND currency = $2 ORDER BY id`,
    [key.collection, key.currency],
  )
  expect(matches).toEqual(stored)
  const hashes = log.flatMap(({ command }) => (command.kind === 'place' ? [parseCommand(command, 0n)] : []))
  const records = await findOrders(
    market.db,
    hashes.flatMap((command) => (command.kind === 'place' ? [command.order.orderHash] : [])),
  )
  for (const record of records) expect(record.fillState).toEqual(book.fillState(record.order.orderHash))
}

const parseCommand = (logged: Record<string, unknown>, sequence: bigint): Command => {
  const command = logged as unknown as Command
  if (command.kind !== 'place') return command
  const { order } = command
  const tokenId = order.tokenId === undefined ? undefined : BigInt(order.tokenId)
  return { ...command, order: { ...order, taker: order.taker, tokenId, price: BigInt(order.price), sequence } }
}
