import type { BlockHeader } from '@knowton/adapters/chain'
import type { Hex } from '@knowton/core'
import { advance } from './advance.ts'
import { hashAt } from './block-store.ts'
import { catchUp, isFarBehind } from './catch-up.ts'
import { type ChainCursor, loadCursor, type Settled } from './cursor-store.ts'
import { fetchBlocks } from './fetch-blocks.ts'
import type { Block, FollowDeps } from './follow-deps.ts'
import { rollBack } from './roll-back.ts'

/** `moved`: something changed and there may be more to do; `level`: we are where the node is, or it is behind us. */
export type FollowOutcome = 'moved' | 'level'

/** Takes one step after the chain: undoes, catches up, applies the next blocks or raises finality. */
export const followOnce = async (deps: FollowDeps, head: BlockHeader, signal: AbortSignal): Promise<FollowOutcome> => {
  const [safe, finalized, cursor] = await Promise.all([
    deps.blocks.block('safe', signal),
    deps.blocks.block('finalized', signal),
    loadCursor(deps.db, deps.contracts),
  ])
  const far = isFarBehind(cursor, finalized)
  const blocks = far ? await forkOf(deps, cursor, signal) : await nextBlocks(deps, cursor, head, signal)
  if (blocks === 'forked') {
    await rollBack(deps, cursor, head.number, signal)
    return 'moved'
  }
  if (far) {
    const stretch = await catchUp(deps, cursor, finalized.number, signal)
    if (stretch !== undefined) await advance(deps, cursor, stretch)
    return stretch === undefined ? 'level' : 'moved'
  }
  const settled = await settle(deps, cursor, blocks, { safe, finalized })
  const raised = settled.safe !== cursor.settled.safe || settled.finalized !== cursor.settled.finalized
  if (blocks.length === 0 && !raised) return 'level'
  await advance(deps, cursor, { blocks, tip: blocks.at(-1)?.header, settled })
  return 'moved'
}

/** Whether the last applied block was undone while nobody looked. */
const forkOf = async (deps: FollowDeps, cursor: ChainCursor, signal: AbortSignal): Promise<readonly [] | 'forked'> => {
  if (cursor.hash === null) return []
  const theirs = await deps.blocks.block(cursor.number, signal)
  return theirs?.hash === cursor.hash ? [] : 'forked'
}

/** The blocks that follow ours on the node's chain; none when it is level with us or merely behind. */
const nextBlocks = async (
  deps: FollowDeps,
  cursor: ChainCursor,
  head: BlockHeader,
  signal: AbortSignal,
): Promise<readonly Block[] | 'forked'> => {
  if (head.number <= cursor.number) {
    const own = await hashAt(deps.db, head.number)
    return own === undefined || own === head.hash ? [] : 'forked'
  }
  const to = Math.min(head.number, cursor.number + deps.maxBlocks)
  const blocks = await fetchBlocks(deps, cursor.number + 1, to, signal)
  const linked = linkedPart(blocks, cursor.hash)
  return linked.length === 0 && blocks.length > 0 ? 'forked' : linked
}

/** The first blocks, as far as each is the child of the one before. */
const linkedPart = (blocks: readonly Block[], after: Hex | null): readonly Block[] => {
  const broken = blocks.findIndex(({ header }, index) => {
    const parent = index === 0 ? after : blocks[index - 1]?.header.hash
    return parent !== null && header.parentHash !== parent
  })
  return broken === -1 ? blocks : blocks.slice(0, broken)
}

type Tags = { readonly safe: BlockHeader | undefined; readonly finalized: BlockHeader | undefined }

/** How settled our chain is by the node's tags: they count only for a block that is ours too, and never take back. */
const settle = async (
  deps: FollowDeps,
  cursor: ChainCursor,
  blocks: readonly Block[],
  tags: Tags,
): Promise<Settled> => {
  const reach = async (tag: BlockHeader | undefined, current: number): Promise<number> => {
    if (tag === undefined || tag.number <= current) return current
    const fresh = blocks.find(({ header }) => header.number === tag.number)
    const own = fresh?.header.hash ?? (await hashAt(deps.db, tag.number))
    return own === tag.hash ? tag.number : current
  }
  const finalized = await reach(tags.finalized, cursor.settled.finalized)
  return { finalized, safe: Math.max(finalized, await reach(tags.safe, cursor.settled.safe)) }
}
