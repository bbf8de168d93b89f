import { type Hex, PPM } from '@knowton/core'
import { positionBalances, type RoyaltyBook } from './royalty-book.ts'

/** One line of an account's statement: a splitter and a currency, amounts in base units. */
export type StatementItem = {
  readonly splitter: Hex
  readonly tokenIds: readonly bigint[]
  readonly currency: Hex
  /** The sum of the positions that the account holds now. */
  readonly sharePpm: number
  readonly received: bigint
  readonly earned: bigint
  readonly claimed: bigint
  readonly claimable: bigint
}

/**
 * The statement of `account` over `books`. It earned what it took out of positions, whether it still holds them or not,
 * and what may be claimed now of those it holds: unclaimed income goes with a position, claimed income stays with whoever
 * claimed it. So the earnings of all accounts in a splitter add up to the positions' shares of what came in.
 * A book without positions is no splitter but an account that royalties were paid to directly: its own, whole and at once.
 */
export const royaltyStatement = (account: Hex, books: readonly RoyaltyBook[]): readonly StatementItem[] =>
  books.flatMap((book) => {
    if (book.positions.length === 0) return book.splitter === account ? paidDirectly(book) : []
    return currenciesOf(book).flatMap((currency) => itemOf(account, book, currency))
  })

const currenciesOf = (book: RoyaltyBook): readonly Hex[] => [
  ...new Set([...book.income.map((income) => income.currency), ...book.claims.map((claim) => claim.currency)]),
]

const paidDirectly = (book: RoyaltyBook): readonly StatementItem[] =>
  book.income.map(({ currency, received }) => ({
    splitter: book.splitter,
    tokenIds: book.tokenIds,
    currency,
    sharePpm: PPM,
    received,
    earned: received,
    claimed: received,
    claimable: 0n,
  }))

const itemOf = (account: Hex, book: RoyaltyBook, currency: Hex): readonly StatementItem[] => {
  const held = book.positions.filter((position) => position.holder === account)
  const own = book.claims.filter((claim) => claim.holder === account && claim.currency === currency)
  if (held.length === 0 && own.length === 0) return []
  const balances = new Map(positionBalances(book, currency).map((balance) => [balance.position, balance.claimable]))
  const claimable = held.reduce((total, { position }) => total + (balances.get(position) ?? 0n), 0n)
  const claimed = own.reduce((total, claim) => total + claim.amount, 0n)
  return [
    {
      splitter: book.splitter,
      tokenIds: book.tokenIds,
      currency,
      sharePpm: held.reduce((total, position) => total + position.sharePpm, 0),
      received: book.income.find((income) => income.currency === currency)?.received ?? 0n,
      earned: claimed + claimable,
      claimed,
      claimable,
    },
  ]
}
