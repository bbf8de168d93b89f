import { loadCursor } from '../follow/cursor-store.ts'
import { broadcast, type SendTimes } from './broadcast.ts'
import { confirmMined } from './confirm-mined.ts'
import { fenced, type Lease } from './lease.ts'
import { type Prepared, prepareMint } from './prepare-mints.ts'
import { prepareSettlements } from './prepare-settlements.ts'
import type { RelayDeps } from './relay-deps.ts'
import { replaceStuck } from './replace-stuck.ts'
import { type MintRequest, type Queued, queuedMints, queuedSettlements } from './request-store.ts'
import { signDrafts } from './sign-drafts.ts'
import {
  type Draft,
  type FailedRequest,
  failQueued,
  finalize,
  openTransactions,
  splittersUnderWay,
} from './transaction-store.ts'

/** Mints looked at in one round. */
const MINTS = 8
/** Matches settled by one transaction at most. */
const SETTLEMENTS = 20
/** Transactions under way at most; further requests wait. Nodes keep 16 pending ones of an account for certain. */
const UNDER_WAY = 16

/** Takes every request one step further; true when there may be more to do at once. */
export const relayOnce = async (
  deps: RelayDeps,
  lease: Lease,
  times: SendTimes,
  signal: AbortSignal,
): Promise<boolean> => {
  const before = await openTransactions(deps.db, lease)
  if (before.length > 0) await confirmMined(deps, lease, before, signal)
  await finalizeMined(deps, lease)
  const open = before.length > 0 ? await openTransactions(deps.db, lease) : before
  const replaced = await replaceStuck(deps, lease, open, signal)
  await broadcast(deps, lease, replaced ? await openTransactions(deps.db, lease) : open, times, signal)
  if (open.length >= UNDER_WAY) return false
  const signed = await takeUp(deps, lease, open.length > 0, signal)
  if (signed) await broadcast(deps, lease, await openTransactions(deps.db, lease), times, signal)
  return signed
}

const finalizeMined = async (deps: RelayDeps, lease: Lease): Promise<void> => {
  const { settled } = await loadCursor(deps.db, deps.contracts)
  const [mined] = await deps.db.query(
    `SELECT FROM relay_transaction WHERE signer = $1 AND state = 'mined' AND block_number <= $2 LIMIT 1`,
    [lease.signer, settled.finalized],
  )
  if (mined === undefined) return
  await fenced(deps.db, lease, async (tx) => {
    const { failed } = await finalize(tx, lease, settled.finalized, deps.clock())
    for (const request of failed) await deps.publish(tx, 'relayFailed', request)
  })
  deps.onChanged()
}

/**
 * Tries the requests that wait and signs what would take effect. A refusal counts only when nothing of ours is under
 * way: what is pending may be just what makes the request possible. Until then nothing more is signed, so that it is
 * settled soon.
 */
const takeUp = async (deps: RelayDeps, lease: Lease, underWay: boolean, signal: AbortSignal): Promise<boolean> => {
  const { prepared, fault } = await prepareAll(deps, signal)
  const hopeless = prepared.flatMap((each) => each.hopeless)
  if (hopeless.length > 0 && underWay) return false
  if (hopeless.length > 0) await giveUp(deps, lease, hopeless)
  const drafts = prepared.flatMap((each) => each.drafts)
  await signDrafts(deps, lease, withoutDoubles(drafts), signal)
  if (fault !== undefined && drafts.length === 0) throw fault
  return drafts.length > 0 || hopeless.length > 0
}

const prepareAll = async (deps: RelayDeps, signal: AbortSignal) => {
  const [mints, settlements] = await Promise.all([queuedMints(deps.db, MINTS), queuedSettlements(deps.db, SETTLEMENTS)])
  const splitters = await splittersUnderWay(deps.db, mints.map(receiverOf))
  const tried = await Promise.allSettled([
    ...mints.map((mint) => prepareMint(deps, mint, splitters, signal)),
    prepareSettlements(deps, settlements, signal),
  ])
  // One request that the node cannot answer for does not hold up the others.
  const prepared = tried.flatMap((each): readonly Prepared[] => (each.status === 'fulfilled' ? [each.value] : []))
  const fault: unknown = tried.find((each) => each.status === 'rejected')?.reason
  return { prepared, fault }
}

const receiverOf = ({ payload }: Queued<MintRequest>) => payload.voucher.royaltyReceiver

/** Two mints of one round may name the same new splitter. */
const withoutDoubles = (drafts: readonly Draft[]): readonly Draft[] =>
  drafts.filter(
    ({ subject }, index) => subject === null || drafts.findIndex((other) => other.subject === subject) === index,
  )

const giveUp = async (deps: RelayDeps, lease: Lease, hopeless: Prepared['hopeless']): Promise<void> => {
  await fenced(deps.db, lease, async (tx) => {
    const failed: readonly FailedRequest[] = await failQueued(tx, hopeless, deps.clock())
    for (const request of failed) await deps.publish(tx, 'relayFailed', request)
  })
  deps.onChanged()
}
