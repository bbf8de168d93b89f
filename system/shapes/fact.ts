import { bytes32, instant } from '@knowton/core'
import * as z from 'zod'

/** How settled a block is by the chain's own tags. */
export const finality = z.enum(['pending', 'safe', 'finalized'])

/**
 * Where on the chain a fact stands. The same fact is published again when its finality rises, and once more with
 * `reverted: true` when its block is undone; `factId` stays the same throughout.
 */
export const factFields = {
  /** `<chain id>:<block hash>:<log index>`. */
  factId: z.string().max(120),
  chainId: z.int().min(1),
  blockNumber: z.int().min(0),
  blockHash: bytes32,
  blockTime: instant,
  transactionHash: bytes32,
  logIndex: z.int().min(0),
  finality,
  reverted: z.boolean(),
} as const
