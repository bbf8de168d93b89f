import { type Hex, ppmOf } from '@knowton/core'
import type { ChainFacts, TradeFact } from './facts.ts'

const ZERO_ADDRESS: Hex = `0x${'0'.repeat(40)}`
/** Stands for the order of a taker, who signed none. */
export const ZERO_HASH: Hex = `0x${'0'.repeat(64)}`

/** A token as its logs leave it; `owner` is null once burned. */
export type TokenBook = {
  readonly tokenId: bigint
  readonly owner: Hex | null
  readonly epoch: bigint
  readonly creator: Hex | null
  readonly royaltyBps: number
  readonly royaltyReceiver: Hex | null
}

/** Who owns each token, how often it moved and what royalty it carries. */
export const tokenBooks = (facts: ChainFacts): readonly TokenBook[] => {
  const mints = new Map(facts.mints.map((mint) => [mint.tokenId, mint]))
  const royalties = new Map(facts.loweredRoyalties.map((lowered) => [lowered.tokenId, lowered.royaltyBps]))
  const last = new Map(facts.transfers.map((transfer) => [transfer.tokenId, transfer]))
  return [...last.values()].map(({ tokenId, to, epoch }) => {
    const mint = mints.get(tokenId)
    return {
      tokenId,
      owner: to === ZERO_ADDRESS ? null : to,
      epoch,
      creator: mint?.creator ?? null,
      royaltyBps: royalties.get(tokenId) ?? mint?.royaltyBps ?? 0,
      royaltyReceiver: mint?.royaltyReceiver ?? null,
    }
  })
}

/** How many units of each signed order have filled; the side of a taker has no order. */
export const fillsOf = (trades: readonly TradeFact[]): ReadonlyMap<Hex, number> => {
  const fills = new Map<Hex, number>()
  for (const hash of trades.flatMap((trade) => [trade.askHash, trade.bidHash])) {
    if (hash !== ZERO_HASH) fills.set(hash, (fills.get(hash) ?? 0) + 1)
  }
  return fills
}

/** What trades moved in one currency, in base units. */
export type VolumeBook = {
  readonly currency: Hex
  readonly trades: number
  readonly volume: bigint
  readonly fees: bigint
  readonly royalties: bigint
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)

/** Trades, volume, fees and royalties per currency. */
export const volumeBooks = (trades: readonly TradeFact[]): readonly VolumeBook[] =>
  [...Map.groupBy(trades, (trade) => trade.currency)].map(([currency, group]) => ({
    currency,
    trades: group.length,
    volume: sum(group.map((trade) => trade.price)),
    fees: sum(group.map((trade) => trade.fee)),
    royalties: sum(group.map((trade) => trade.royalty)),
  }))

/** A position of a splitter in one currency, by the logs; `received` is the royalties that trades paid into the splitter. */
export type PositionBook = {
  readonly splitter: Hex
  readonly position: number
  readonly holder: Hex
  readonly sharePpm: number
  readonly currency: Hex
  readonly received: bigint
  readonly claimed: bigint
  readonly claimable: bigint
}

/** Every position of every splitter in every currency that moved through it. */
export const positionBooks = (facts: ChainFacts): readonly PositionBook[] =>
  facts.splits.flatMap(({ splitter, recipients, sharesPpm }) => {
    const paid = facts.trades.filter((trade) => trade.royaltyReceiver === splitter && trade.royalty > 0n)
    const claims = facts.claims.filter((claim) => claim.splitter === splitter)
    const movedTo = new Map(
      facts.moves.filter((move) => move.splitter === splitter).map((move) => [move.position, move.to]),
    )
    const currencies = new Set([...paid, ...claims].map(({ currency }) => currency))
    return [...currencies].flatMap((currency) => {
      const received = sum(paid.filter((trade) => trade.currency === currency).map((trade) => trade.royalty))
      return recipients.map((recipient, position): PositionBook => {
        const own = claims.filter((claim) => claim.position === position && claim.currency === currency)
        const claimed = sum(own.map((claim) => claim.amount))
        const sharePpm = sharesPpm[position] ?? 0
        const due = ppmOf(received, sharePpm) - claimed
        const holder = movedTo.get(position) ?? recipient
        const claimable = due > 0n ? due : 0n
        return { splitter, position, holder, sharePpm, currency, received, claimed, claimable }
      })
    })
  })

/** What a contract owes an account, in base units. */
export type CreditBook = {
  readonly contract: Hex
  readonly account: Hex
  readonly currency: Hex
  readonly amount: bigint
}

/** The credits that the logs leave. */
export const creditBooks = (facts: ChainFacts): readonly CreditBook[] =>
  [...Map.groupBy(facts.credits, ({ contract, account, currency }) => `${contract} ${account} ${currency}`)].flatMap(
    ([, changes]) => {
      const [first] = changes
      if (first === undefined) return []
      const { contract, account, currency } = first
      return [{ contract, account, currency, amount: sum(changes.map((fact) => fact.change)) }]
    },
  )
