import type { BlockHeader, BlockLog, BlockSource } from '@knowton/adapters/chain'
import type { Database, Log, Publish } from '@knowton/kit'
import type { Contracts, Declared } from '../ports.ts'

/** What following the chain needs. */
export type FollowDeps = {
  readonly db: Database
  readonly blocks: BlockSource
  readonly contracts: Contracts
  readonly publish: Publish<Declared>
  readonly log: Log
  /** Most blocks that are applied in one transaction. */
  readonly maxBlocks: number
}

/** A block with all of its logs that may concern the platform. */
export type Block = { readonly header: BlockHeader; readonly logs: readonly BlockLog[] }
