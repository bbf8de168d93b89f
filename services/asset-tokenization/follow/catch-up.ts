import type { BlockHeader, LogRange } from '@knowton/adapters/chain'
import { Fault } from '@knowton/core'
import type { Stretch } from './advance.ts'
import type { ChainCursor } from './cursor-store.ts'
import { splitterEvents } from './facts-of.ts'
import { fetchBlocks } from './fetch-blocks.ts'
import type { FollowDeps } from './follow-deps.ts'

/** Blocks whose logs are asked for at once when catching up; public nodes allow about as many. */
const RANGE = 2_000

/**
 * The next stretch of blocks that are all final: only the blocks that hold something of ours are fetched, and the last
 * one as the anchor of what follows.
 */
export const catchUp = async (
  deps: FollowDeps,
  from: ChainCursor,
  finalized: number,
  signal: AbortSignal,
): Promise<Stretch | undefined> => {
  const range = await askForRange(deps, from.number + 1, Math.min(finalized, from.number + RANGE), signal)
  const blocks = await Promise.all(range.numbers.map((number) => fetchBlocks(deps, number, number, signal)))
  const tip = await deps.blocks.block(range.to, signal)
  if (tip === undefined) return undefined
  return { blocks: blocks.flat(), tip, settled: { safe: Math.max(from.settled.safe, range.to), finalized: range.to } }
}

/** Which blocks of the range hold something of ours; the range shrinks until the node takes it. */
const askForRange = async (
  deps: FollowDeps,
  from: number,
  to: number,
  signal: AbortSignal,
): Promise<{ readonly numbers: readonly number[]; readonly to: number }> => {
  try {
    const { workToken, exchange, splitterFactory } = deps.contracts
    const ask = (filter: Partial<LogRange>) => deps.blocks.logsBetween({ from, to, ...filter }, signal)
    const [ours, splitters] = await Promise.all([
      ask({ addresses: [workToken, exchange, splitterFactory] }),
      ask({ events: splitterEvents }),
    ])
    const numbers = new Set([...ours, ...splitters].map(({ blockNumber }) => blockNumber))
    return { numbers: [...numbers].toSorted((a, b) => a - b), to }
  } catch (error) {
    const tooMuch = error instanceof Fault && error.code === 'chain.refused' && to > from
    if (!tooMuch) throw error
    return askForRange(deps, from, from + Math.floor((to - from) / 2), signal)
  }
}

/** The header of the newest finalized block, when following is so far behind it that a range is cheaper than headers. */
export const isFarBehind = (from: ChainCursor, finalized: BlockHeader | undefined): finalized is BlockHeader =>
  finalized !== undefined && finalized.number - from.number > 100
