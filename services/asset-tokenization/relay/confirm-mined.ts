import { decodeRevert, type Receipt } from '@knowton/adapters/chain'
import type { Sql } from '@knowton/kit'
import { hashAt } from '../follow/block-store.ts'
import { holdCursor, loadCursor } from '../follow/cursor-store.ts'
import { knownErrors } from './calls.ts'
import { fenced, type Lease } from './lease.ts'
import type { RelayDeps } from './relay-deps.ts'
import { type Failure, requestsOf, settlementsOf } from './request-store.ts'
import { settlementFailures } from './settlement-failures.ts'
import { confirmRequests, markMined, type OpenTransaction } from './transaction-store.ts'

/** Looks which open transactions are in a block that we have followed; true when some are. */
export const confirmMined = async (
  deps: RelayDeps,
  lease: Lease,
  open: readonly OpenTransaction[],
  signal: AbortSignal,
): Promise<boolean> => {
  const mined = await Promise.all(
    open.map(async (transaction) => ({ transaction, receipt: await receiptOf(deps, transaction, signal) })),
  )
  let confirmed = false
  for (const { transaction, receipt } of mined) {
    if (receipt !== undefined && (await confirm(deps, lease, transaction, receipt, signal))) confirmed = true
  }
  if (confirmed) deps.onChanged()
  return confirmed
}

/** The receipt of whichever attempt was mined. */
const receiptOf = async (
  deps: RelayDeps,
  { attempts }: OpenTransaction,
  signal: AbortSignal,
): Promise<Receipt | undefined> => {
  const receipts = await Promise.all(attempts.map(({ hash }) => deps.node.receipt(hash, signal)))
  return receipts.find((receipt) => receipt !== undefined)
}

const confirm = async (
  deps: RelayDeps,
  lease: Lease,
  transaction: OpenTransaction,
  receipt: Receipt,
  signal: AbortSignal,
): Promise<boolean> => {
  const failure = receipt.succeeded ? undefined : await whyReverted(deps, transaction, receipt, signal)
  const { settled } = await loadCursor(deps.db, deps.contracts)
  const dropped = receipt.blockNumber < settled.finalized
  const finalHash = dropped ? await deps.finalHashAt(receipt.blockNumber, signal) : undefined
  return fenced(deps.db, lease, async (tx) => {
    if (!(await isCanonical(deps, tx, receipt, finalHash))) return false
    await markMined(tx, transaction.id, receipt)
    await confirmRequests(tx, transaction.id, await failuresOf(deps, tx, transaction, receipt, failure), deps.clock())
    return true
  })
}

/** The block must be one that we follow; the cursor cannot move while this is decided. */
const isCanonical = async (deps: RelayDeps, tx: Sql, receipt: Receipt, finalHash: string | undefined) => {
  const cursor = await holdCursor(tx, deps.contracts)
  if (receipt.blockNumber > cursor.number) return false
  if (receipt.blockNumber < cursor.settled.finalized) return finalHash === receipt.blockHash
  return (await hashAt(tx, receipt.blockNumber)) === receipt.blockHash
}

/** The failure of each request that the transaction carried and that did not take effect. */
const failuresOf = async (
  deps: RelayDeps,
  tx: Sql,
  { id, purpose }: OpenTransaction,
  receipt: Receipt,
  failure: Failure | undefined,
) => {
  if (purpose === 'settlement' && failure === undefined) {
    return settlementFailures(receipt, deps.contracts.exchange, await settlementsOf(tx, id))
  }
  if (failure === undefined) return []
  const carried = await requestsOf(tx, id)
  return carried.map((request) => ({ id: request, failure }))
}

/** Runs the transaction again on the state that its block left; the reason is usually still there. */
const whyReverted = async (
  deps: RelayDeps,
  { to, data, gas }: OpenTransaction,
  { blockNumber }: Receipt,
  signal: AbortSignal,
): Promise<Failure> => {
  const again = await deps.node.call({ from: deps.signer.address, to, data, gas }, signal, blockNumber)
  if (!again.ok) return decodeRevert(again.refusal.data, knownErrors)
  return { code: 'relay.reverted', says: 'The transaction was reverted; on the state after its block it would not be.' }
}
