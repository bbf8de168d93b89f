import type { AccountId, Clock, Hex } from '@knowton/core'
import type { Database, Files } from '@knowton/kit'
import type { creatorService } from '@knowton/system'
import type { ChainView } from './chain/chain-view.ts'

/** The declaration this service implements. */
export type Declared = typeof creatorService

/** Where people sign in. */
export type Origin = {
  /** The authority part of the public origin, e.g. `knowton.io`. */
  readonly domain: string
  /** The public origin, without a path. */
  readonly uri: string
}

/** Where works become tokens. */
export type Contracts = { readonly chainId: number; readonly workToken: Hex }

export type Limits = {
  readonly accessSeconds: number
  readonly refreshDays: number
  readonly voucherSeconds: number
  readonly mintsPerDay: number
}

/** Makes the access token of a session that began or goes on at `now`. */
export type SignAccessToken = (session: {
  readonly account: AccountId
  readonly sessionId: string
  readonly now: Date
  readonly expiresAt: Date
}) => Promise<string>

/** What the handlers of this service need. */
export type Ports = {
  readonly db: Database
  readonly files: Files
  readonly chain: ChainView
  readonly origin: Origin
  readonly contracts: Contracts
  readonly limits: Limits
  readonly signAccessToken: SignAccessToken
  readonly clock: Clock
  readonly newId: () => string
  readonly randomBytes: (count: number) => Uint8Array
}
