import type { Signer, TransactionNode } from '@knowton/adapters/chain'
import type { Clock, Hex } from '@knowton/core'
import type { Database, Log, Publish } from '@knowton/kit'
import type { assetTokenization } from '@knowton/system'
import type { Contracts } from '../contracts.ts'

/** Bounds on what the relayer spends and how long it waits. */
export type RelaySettings = {
  /** A pending transaction is replaced when it has not been mined for so long. */
  readonly stuckSeconds: number
  /** No transaction ever offers more. */
  readonly maxFeePerGasWei: bigint
  /** How long a lease lasts that is not renewed. */
  readonly leaseMs: number
}

/** What sending transactions needs. */
export type RelayDeps = {
  readonly database: Database
  readonly node: TransactionNode
  readonly signer: Signer
  readonly contracts: Contracts
  readonly settings: RelaySettings
  readonly publish: Publish<typeof assetTokenization>
  readonly log: Log
  readonly clock: Clock
  /** Hash of block `number` by the node; only asked about finalized blocks. */
  readonly finalHashAt: (number: number, signal: AbortSignal) => Promise<Hex | undefined>
  /** Called when transactions were sent or requests changed their state. */
  readonly onSent: () => void
  readonly onChanged: () => void
}
