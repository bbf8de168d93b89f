import type { Hex } from '@knowton/core'
import type { Database } from '@knowton/kit'
import type { Currency, marketplaceService } from '@knowton/system'
import type { ChainView } from './chain/chain-view.ts'
import type { BookFeed } from './feed/book-feed.ts'

/** The declaration this service implements. */
export type Declared = typeof marketplaceService

/** Where the platform's contracts are that this service trades on, and in what. */
export type Contracts = {
  readonly chainId: number
  readonly exchange: Hex
  readonly workToken: Hex
  readonly currencies: readonly Currency[]
}

/** What the handlers of this service need. */
export type Ports = {
  readonly db: Database
  readonly chain: ChainView
  readonly feed: BookFeed
  readonly contracts: Contracts
  readonly newId: () => string
  /** A number of 256 random bits. */
  readonly randomNonce: () => bigint
  readonly expirySweepMs: number
  readonly recheckSeconds: number
}
