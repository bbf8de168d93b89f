import type { BlockHeader } from '@knowton/adapters/chain'
import { Fault } from '@knowton/core'
import type { Contracts } from '../ports.ts'
import { bloomOf, mayHold } from './block-bloom.ts'
import { splitterEvents } from './facts-of.ts'
import type { Block, FollowDeps } from './follow-deps.ts'

type FetchDeps = Pick<FollowDeps, 'blocks' | 'contracts'>

/** The blocks `from` … `to` as the node has them now; it may have moved to another fork in between. */
export const fetchBlocks = async (
  deps: FetchDeps,
  from: number,
  to: number,
  signal: AbortSignal,
): Promise<readonly Block[]> => {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index)
  const headers = await Promise.all(numbers.map((number) => deps.blocks.block(number, signal)))
  const missing = headers.indexOf(undefined)
  const known = headers.slice(0, missing === -1 ? headers.length : missing).filter((header) => header !== undefined)
  const concerns = mayHold(interests(deps.contracts))
  return Promise.all(known.map((header) => completeBlock(deps, header, concerns(header.logsBloom), signal)))
}

/** Everything that a log of ours carries at least one of. */
const interests = ({ workToken, exchange, splitterFactory }: Contracts) => [
  workToken,
  exchange,
  splitterFactory,
  ...splitterEvents,
]

/**
 * Adds the logs of a block. They are those of this very block and all of them, or a fault is thrown: nodes have been
 * seen to drop logs, and to answer for another block of the same number.
 */
const completeBlock = async (
  deps: FetchDeps,
  header: BlockHeader,
  concerns: boolean,
  signal: AbortSignal,
): Promise<Block> => {
  if (!concerns) return { header, logs: [] }
  const logs = await deps.blocks.logsOf(header.hash, signal)
  if (logs.some((log) => log.blockHash !== header.hash) || bloomOf(logs) !== header.logsBloom) {
    const says = `The node's logs of block ${header.number} are not those that its header commits to.`
    throw new Fault('chain.incomplete-logs', says, { retry: 'later' })
  }
  return { header, logs }
}
