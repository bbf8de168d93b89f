import { randomUUID } from 'node:crypto'
import { createBlockSource, createSigner, createTransactionNode, type TransactionNode } from '@knowton/adapters/chain'
import { silentLog } from '@knowton/adapters/postgres/testing'
import type { Clock } from '@knowton/core'
import type { Database } from '@knowton/kit'
import type { FollowDeps } from '../follow/follow-deps.ts'
import { followOnce } from '../follow/follow-once.ts'
import type { RelaySettings } from '../ports.ts'
import { takeLease } from '../relay/lease.ts'
import { firstNonce, reconcile } from '../relay/reconcile.ts'
import type { RelayDeps } from '../relay/relay-deps.ts'
import { relayOnce } from '../relay/relay-once.ts'
import { openTransactions } from '../relay/transaction-store.ts'
import type { Deployed } from './deployed.ts'
import type { ServiceDatabase } from './service-database.ts'

/** One life of the service's process, as the jobs run it, without their waiting. */
export type Process = {
  readonly follow: FollowDeps
  readonly relay: RelayDeps
  /** Takes the lease and holds the books against the chain; the lease is stolen when another process has it. */
  readonly start: () => Promise<{
    /** Follows and relays until neither has anything to do and everything sent is in a block. */
    readonly settle: () => Promise<void>
    /** Relays one round. */
    readonly relayRound: () => Promise<boolean>
  }>
  /** Follows the chain until level with it. */
  readonly followAll: () => Promise<void>
}

/** How a test's process differs from the real one. */
export type ProcessChanges = {
  readonly db?: Database
  readonly node?: TransactionNode
  readonly clock?: Clock
  readonly settings?: Partial<RelaySettings>
}

/** A process on this chain and database; `changes` may break its connections to them. */
export const openProcess = (deployed: Deployed, service: ServiceDatabase, changes: ProcessChanges = {}): Process => {
  const { client, contracts } = deployed
  const db = changes.db ?? service.db
  const blocks = createBlockSource(client)
  const { signal } = new AbortController()
  const shared = { db, contracts, publish: service.publish, log: silentLog }
  const follow: FollowDeps = { ...shared, blocks, maxBlocks: 64 }
  const relay: RelayDeps = {
    ...shared,
    node: changes.node ?? createTransactionNode(client),
    signer: createSigner(deployed.relayerKey, contracts.chainId),
    settings: { stuckSeconds: 60, maxFeePerGasWei: 500_000_000_000n, leaseMs: 0, ...changes.settings },
    clock: changes.clock ?? (() => new Date()),
    finalHashAt: async (number) => (await blocks.block(number, signal))?.hash,
    onSent: () => undefined,
    onChanged: () => undefined,
  }
  const followAll = async () => {
    for (;;) {
      const head = await blocks.block('latest', signal)
      if (head === undefined || (await followOnce(follow, head, signal)) === 'level') return
    }
  }
  const start = async () => {
    const wanted = { signer: relay.signer.address, holder: randomUUID(), leaseMs: relay.settings.leaseMs }
    const lease = await takeLease(db, wanted, () => firstNonce(relay, signal))
    if (lease === undefined) throw new Error('the lease is held by another process')
    await reconcile(relay, lease, signal)
    const times = new Map<bigint, number>()
    const relayRound = () => relayOnce(relay, lease, times, signal)
    const settle = async () => {
      for (;;) {
        const more = await relayRound()
        const open = await openTransactions(service.db, lease)
        // The chain mines by itself what it takes, but a moment later.
        if (open.length > 0) await deployed.anvil.ask('evm_mine')
        await followAll()
        if (!more && open.length === 0 && !(await relayRound())) return
      }
    }
    return { settle, relayRound }
  }
  return { follow, relay, start, followAll }
}
