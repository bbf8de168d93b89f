import type { Hex } from '@knowton/core'
import type { Job } from '@knowton/kit'
import type { FollowDeps } from '../follow/follow-deps.ts'
import { followOnce } from '../follow/follow-once.ts'
import type { Declared, Ports } from '../ports.ts'
import { announceChanges } from '../relay/request-store.ts'

/** Most blocks applied in one transaction. */
const MAX_BLOCKS = 64

/** Follows the chain block by block, for as long as the process runs; asks only for the head while nothing happens. */
export const followChain: Job<Declared, Ports> = async ({ ports, publish, log, signal }) => {
  const { db, blocks, contracts } = ports
  const deps: FollowDeps = { db, blocks, contracts, publish, log, maxBlocks: MAX_BLOCKS }
  let levelWith: Hex | undefined
  while (!signal.aborted) {
    const head = await blocks.block('latest', signal)
    if (head === undefined || head.hash === levelWith) {
      await ports.wakeups.follower.sleep(ports.pollMs, signal).catch(() => undefined)
      continue
    }
    if ((await followOnce(deps, head, signal)) === 'level') {
      levelWith = head.hash
    } else {
      ports.wakeups.sender.wake()
      announceChanges(db, log)
    }
  }
}
