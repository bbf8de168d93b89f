import type { Job, JobContext } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { type Lease, releaseLease, renewLease, takeLease } from '../relay/lease.ts'
import { firstNonce, reconcile } from '../relay/reconcile.ts'
import type { RelayDeps } from '../relay/relay-deps.ts'
import { relayOnce } from '../relay/relay-once.ts'
import { announceChanges, REQUESTS_CHANNEL } from '../relay/request-store.ts'

/** How often the queue is looked at when nothing is heard of it. */
const IDLE_MS = 1_000
/** How often a process asks for the lease that another one holds. */
const STANDBY_MS = 500

type Context = JobContext<Declared, Ports>

/** Sends what was asked for, for as long as the process runs and holds the right to send. */
export const relayRequests: Job<Declared, Ports> = async (context) => {
  const { ports, signal } = context
  await ports.db.listen(REQUESTS_CHANNEL, ports.wakeups.sender.wake, signal)
  const deps = toDeps(context)
  const lease = await awaitLease(deps, ports, signal)
  if (lease === undefined) return
  try {
    await reconcile(deps, lease, signal)
    await relayUntilAborted(deps, ports, lease, signal)
  } finally {
    await releaseLease(ports.db, lease)
  }
}

const toDeps = ({ ports, publish, log, clock }: Context): RelayDeps => ({
  db: ports.db,
  node: ports.node,
  signer: ports.signer,
  contracts: ports.contracts,
  settings: ports.relay,
  publish,
  log,
  clock,
  finalHashAt: async (number, signal) => (await ports.blocks.block(number, signal))?.hash,
  onSent: ports.wakeups.follower.wake,
  onChanged: () => announceChanges(ports.db, log),
})

const awaitLease = async (deps: RelayDeps, ports: Ports, signal: AbortSignal): Promise<Lease | undefined> => {
  const wanted = { signer: deps.signer.address, holder: ports.holder, leaseMs: deps.settings.leaseMs }
  while (!signal.aborted) {
    const lease = await takeLease(deps.db, wanted, () => firstNonce(deps, signal))
    if (lease !== undefined) return lease
    await ports.wakeups.sender.sleep(STANDBY_MS, signal).catch(() => undefined)
  }
  return undefined
}

const relayUntilAborted = async (deps: RelayDeps, ports: Ports, lease: Lease, signal: AbortSignal): Promise<void> => {
  const times = new Map<bigint, number>()
  let renewedAt = deps.clock().getTime()
  while (!signal.aborted) {
    const now = deps.clock().getTime()
    if (now - renewedAt > deps.settings.leaseMs / 3) {
      await renewLease(deps.db, lease, deps.settings.leaseMs)
      renewedAt = now
    }
    const more = await relayOnce(deps, lease, times, signal)
    if (!more) await ports.wakeups.sender.sleep(IDLE_MS, signal).catch(() => undefined)
  }
}
