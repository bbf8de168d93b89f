import { ok } from '@knowton/core'
import { positionBalances, type RoyaltyBook } from '@knowton/domain/royalty'
import { type Handler, pageOf } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { readRoyaltyBooks, splitterCursor, splittersAfter } from '../queries/royalty-books.ts'
import { END_OF_TIME } from '../queries/warehouse-time.ts'

const currenciesOf = (book: RoyaltyBook) =>
  [...new Set([...book.income, ...book.claims].map(({ currency }) => currency))].map((currency) => ({
    currency,
    received: book.income.find((income) => income.currency === currency)?.received ?? 0n,
    positions: [...positionBalances(book, currency)],
  }))

/** Every splitter with what came in and what each position claimed and may claim. */
export const listRoyaltyBooks: Handler<Declared, 'listRoyaltyBooks', Ports> = async ({ query }, { ports }) => {
  const scope = splittersAfter(splitterCursor.decode(query.cursor)?.[0], query.limit + 1)
  const books = await readRoyaltyBooks(ports.warehouse, scope, END_OF_TIME)
  const { items, next } = pageOf(books, query.limit, splitterCursor, (book) => [book.splitter])
  return ok({
    items: items.map((book) => ({
      splitter: book.splitter,
      positions: [...book.positions],
      currencies: currenciesOf(book),
    })),
    next,
  })
}
