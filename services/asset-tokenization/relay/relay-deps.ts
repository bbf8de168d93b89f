import type { Signer, TransactionNode } from '@knowton/adapters/chain'
import type { Clock, Hex } from '@knowton/core'
import type { Database, Log, Publish } from '@knowton/kit'
import type { Contracts, Declared, RelaySettings } from '../ports.ts'

/** What sending transactions needs. */
export type RelayDeps = {
  readonly db: Database
  readonly node: TransactionNode
  readonly signer: Signer
  readonly contracts: Contracts
  readonly settings: RelaySettings
  readonly publish: Publish<Declared>
  readonly log: Log
  readonly clock: Clock
  /** Hash of block `number` by the node; only asked about finalized blocks. */
  readonly finalHashAt: (number: number, signal: AbortSignal) => Promise<Hex | undefined>
  /** Called when transactions were sent or requests changed their state. */
  readonly onSent: () => void
  readonly onChanged: () => void
}
