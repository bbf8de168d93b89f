import type { Hex } from '@knowton/core'

/** Where a log stands: its fact id, block and place in it. */
export type Place = { readonly factId: string; readonly blockNumber: bigint; readonly transactionHash: Hex }

export type TransferFact = Place & {
  readonly tokenId: bigint
  readonly from: Hex
  readonly to: Hex
  readonly epoch: bigint
}

export type MintFact = Place & {
  readonly tokenId: bigint
  readonly creator: Hex
  readonly to: Hex
  readonly contentHash: Hex
  readonly uriHash: Hex
  readonly royaltyBps: number
  readonly royaltyReceiver: Hex
  readonly price: bigint
  readonly currency: Hex
}

export type TradeFact = Place & {
  readonly askHash: Hex
  readonly bidHash: Hex
  readonly tokenId: bigint
  readonly collection: Hex
  readonly seller: Hex
  readonly buyer: Hex
  readonly currency: Hex
  readonly price: bigint
  readonly fee: bigint
  readonly royalty: bigint
  readonly royaltyReceiver: Hex
}

export type SplitFact = Place & {
  readonly splitter: Hex
  readonly recipients: readonly Hex[]
  readonly sharesPpm: readonly number[]
}

export type ClaimFact = Place & {
  readonly splitter: Hex
  readonly position: number
  readonly holder: Hex
  readonly currency: Hex
  readonly amount: bigint
}

export type MoveFact = Place & {
  readonly splitter: Hex
  readonly position: number
  readonly from: Hex
  readonly to: Hex
}

/** Money that a contract set aside for an account (positive) or paid out of it (negative). */
export type CreditFact = Place & {
  readonly contract: Hex
  readonly account: Hex
  readonly currency: Hex
  readonly change: bigint
}

export type RoyaltyLoweredFact = Place & { readonly tokenId: bigint; readonly royaltyBps: number }

/** Everything our contracts logged up to one block, in chain order. */
export type ChainFacts = {
  readonly transfers: readonly TransferFact[]
  readonly mints: readonly MintFact[]
  readonly loweredRoyalties: readonly RoyaltyLoweredFact[]
  readonly trades: readonly TradeFact[]
  readonly splits: readonly SplitFact[]
  readonly claims: readonly ClaimFact[]
  readonly moves: readonly MoveFact[]
  readonly credits: readonly CreditFact[]
}
