import type { BlockHeader, BlockLog, BlockSource } from '@knowton/adapters/chain'
import type { Database, Log, Publish } from '@knowton/kit'
import type { assetTokenization } from '@knowton/system'
import type { Contracts } from '../contracts.ts'

/** What following the chain needs. */
export type FollowDeps = {
  readonly database: Database
  readonly blocks: BlockSource
  readonly contracts: Contracts
  readonly publish: Publish<typeof assetTokenization>
  readonly log: Log
  /** Most blocks that are applied in one transaction. */
  readonly maxBlocks: number
}

/** A block with all of its logs that may concern the platform. */
export type Block = { readonly header: BlockHeader; readonly logs: readonly BlockLog[] }
