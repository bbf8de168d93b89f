import { type Hex, ppmOf } from '@knowton/core'

/** A share of a splitter's income and who holds it now. */
export type SplitPosition = { readonly position: number; readonly holder: Hex; readonly sharePpm: number }

/** Everything that came in so far in one currency, in base units. */
export type Income = { readonly currency: Hex; readonly received: bigint }

/** What one holder took out of one position so far, in base units; a position may have had several holders. */
export type Claim = {
  readonly position: number
  readonly holder: Hex
  readonly currency: Hex
  readonly amount: bigint
}

/** What is known of one splitter at an instant. */
export type RoyaltyBook = {
  readonly splitter: Hex
  readonly tokenIds: readonly bigint[]
  readonly positions: readonly SplitPosition[]
  readonly income: readonly Income[]
  readonly claims: readonly Claim[]
}

/** What a position has paid out, and what it still owes its present holder, in base units. */
export type PositionBalance = { readonly position: number; readonly claimed: bigint; readonly claimable: bigint }

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)

/**
 * The balances of every position in one currency: claimable = ⌊received · share / 10⁶⌋ − claimed, as the splitter
 * contract computes it. Never negative: money that reached the splitter other than by a sale is not in `income`, so
 * more may have been claimed than came in.
 */
export const positionBalances = (book: RoyaltyBook, currency: Hex): readonly PositionBalance[] => {
  const received = sum(book.income.filter((income) => income.currency === currency).map((income) => income.received))
  return book.positions.map(({ position, sharePpm }) => {
    const claims = book.claims.filter((claim) => claim.position === position && claim.currency === currency)
    const claimed = sum(claims.map((claim) => claim.amount))
    const due = ppmOf(received, sharePpm) - claimed
    return { position, claimed, claimable: due > 0n ? due : 0n }
  })
}
