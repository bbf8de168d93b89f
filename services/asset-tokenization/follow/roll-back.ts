import { Fault, type Hex } from '@knowton/core'
import { unconfirmAbove } from '../relay/transaction-store.ts'
import { deleteBlocksAbove, hashAt } from './block-store.ts'
import { publishAgain } from './chain-fact.ts'
import { type ChainCursor, lockCursor, saveCursor } from './cursor-store.ts'
import { deleteFactsAbove } from './fact-store.ts'
import type { FollowDeps } from './follow-deps.ts'
import { projectTokens } from './token-store.ts'

/**
 * Undoes what no longer belongs to the chain: everything above the last block that the node and we have in common.
 * Every published fact is published once more as reverted. Throws a fault when that block lies below the finalized one:
 * then the chain has broken its word and a person must look.
 */
export const rollBack = async (
  deps: FollowDeps,
  from: ChainCursor,
  headNumber: number,
  signal: AbortSignal,
): Promise<boolean> => {
  const ancestor = await findAncestor(deps, from, Math.min(from.number, headNumber), signal)
  deps.log.warn('blocks were undone', { from: from.number, to: ancestor.number })
  return deps.db.transaction(async (tx) => {
    if (!(await lockCursor(tx, deps.contracts, from))) return false
    const undone = await deleteFactsAbove(tx, ancestor.number)
    for (const fact of undone) await publishAgain(deps.publish, tx, fact, 'reverted')
    await projectTokens(tx, [...new Set(undone.flatMap(({ tokenId }) => tokenId ?? []))])
    await deleteBlocksAbove(tx, ancestor.number)
    await unconfirmAbove(tx, ancestor.number)
    const safe = Math.min(from.settled.safe, ancestor.number)
    const settled = { safe, finalized: from.settled.finalized }
    await saveCursor(tx, deps.contracts, { ...ancestor, settled })
    return true
  })
}

const findAncestor = async (
  deps: FollowDeps,
  { settled }: ChainCursor,
  highest: number,
  signal: AbortSignal,
): Promise<{ readonly number: number; readonly hash: Hex | null }> => {
  for (let number = highest; number >= settled.finalized; number -= 1) {
    const own = await hashAt(deps.db, number)
    // Before the first block there is nothing to disagree about.
    if (own === undefined && number < deps.contracts.deploymentBlock) return { number, hash: null }
    const theirs = await deps.blocks.block(number, signal)
    if (own !== undefined && own === theirs?.hash) return { number, hash: own }
  }
  const says = `The node's chain does not contain block ${settled.finalized}, which it had called final. Nothing is undone.`
  throw new Fault('chain.reorg-below-finality', says)
}
