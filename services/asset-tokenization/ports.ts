import type { BlockSource, Signer, TransactionNode } from '@knowton/adapters/chain'
import type { Hex } from '@knowton/core'
import type { Database } from '@knowton/kit'
import type { assetTokenization, Currency } from '@knowton/system'
import type { PublicClient } from 'viem'
import type { Wakeup } from './jobs/wakeup.ts'

/** The declaration this service implements. */
export type Declared = typeof assetTokenization

/** Where the platform's contracts are. */
export type Contracts = {
  readonly chainId: number
  readonly workToken: Hex
  readonly exchange: Hex
  readonly splitterFactory: Hex
  /** Nothing of ours is older than this block. */
  readonly deploymentBlock: number
  readonly currencies: readonly Currency[]
}

/** Bounds on what the relayer spends and how long it waits. */
export type RelaySettings = {
  /** A pending transaction is replaced when it has not been mined for so long. */
  readonly stuckSeconds: number
  /** No transaction ever offers more. */
  readonly maxFeePerGasWei: bigint
  /** How long a lease lasts that is not renewed. */
  readonly leaseMs: number
}

/** What the handlers of this service need. */
export type Ports = {
  readonly db: Database
  readonly client: PublicClient
  readonly blocks: BlockSource
  readonly node: TransactionNode
  readonly signer: Signer
  readonly contracts: Contracts
  readonly relay: RelaySettings
  /** How often the head is asked for, in milliseconds. */
  readonly pollMs: number
  /** Names this process among those that may send. */
  readonly holder: string
  readonly wakeups: { readonly follower: Wakeup; readonly sender: Wakeup }
}
