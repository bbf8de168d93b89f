import { Fault } from '@knowton/core'
import { fenced, type Lease } from './lease.ts'
import type { RelayDeps } from './relay-deps.ts'
import { markSent, type OpenTransaction } from './transaction-store.ts'

/** A node may drop a pending transaction without a word; the same bytes are offered again in this rhythm. */
const RESEND_MS = 15_000

/** When each transaction was last offered by this process. */
export type SendTimes = Map<bigint, number>

/**
 * Offers the newest bytes of every transaction that needs it, in the order of nonces. What was offered before and may
 * have arrived is simply offered again: the same bytes cannot take effect twice.
 */
export const broadcast = async (
  deps: RelayDeps,
  lease: Lease,
  open: readonly OpenTransaction[],
  times: SendTimes,
  signal: AbortSignal,
): Promise<void> => {
  const now = deps.clock()
  const due = open.filter(({ id, state }) => state === 'signed' || now.getTime() - (times.get(id) ?? 0) >= RESEND_MS)
  if (due.length === 0) return
  for (const transaction of due) {
    await offer(deps, lease, transaction, signal)
    times.set(transaction.id, now.getTime())
  }
  await fenced(deps.db, lease, (tx) =>
    markSent(
      tx,
      due.map(({ id }) => id),
      now,
    ),
  )
  deps.onChanged()
  deps.onSent()
}

const offer = async (
  deps: RelayDeps,
  lease: Lease,
  { attempts, nonce, purpose }: OpenTransaction,
  signal: AbortSignal,
) => {
  const newest = attempts.at(-1)
  if (newest === undefined || (await deps.node.send(newest.raw, signal)) === 'accepted') return
  // The node said no. By hash, not by its words: does it hold one of ours at this nonce?
  for (const { hash } of attempts.toReversed()) if (await deps.node.knows(hash, signal)) return
  if ((await deps.node.transactionCount(lease.signer, 'latest', signal)) > nonce) {
    throw new Fault(
      'relay.foreign-nonce',
      `Another transaction than ours was mined at nonce ${nonce} of ${lease.signer}.`,
    )
  }
  const says = `The node does not take the ${purpose} transaction ${newest.hash} at nonce ${nonce}.`
  throw new Fault('relay.refused', says, { retry: 'later' })
}
