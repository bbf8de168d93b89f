import { Fault } from '@knowton/core'
import { fenced, type Lease } from './lease.ts'
import type { RelayDeps } from './relay-deps.ts'
import { affordableFees } from './sign-drafts.ts'
import { insertTransaction, missingNonces, nextNonce, toAttempt } from './transaction-store.ts'

/** A plain transfer. */
const TRANSFER_GAS = 21_000n

/**
 * Holds our books against the chain before anything is sent. Throws a fault when the chain has seen more of the account
 * than the books: then somebody else uses the key. A nonce that the books gave out but hold nothing for would block
 * all later ones, so it is filled by a transfer of nothing to the account itself.
 */
export const reconcile = async (deps: RelayDeps, lease: Lease, signal: AbortSignal): Promise<void> => {
  const [mined, pending, ours] = await Promise.all([
    deps.node.transactionCount(lease.signer, 'latest', signal),
    deps.node.transactionCount(lease.signer, 'pending', signal),
    nextNonce(deps.db, lease),
  ])
  if (Math.max(mined, pending) > ours) {
    const says = `The chain has ${Math.max(mined, pending)} transactions of ${lease.signer}, our books have ${ours}: the key is used elsewhere.`
    throw new Fault('relay.foreign-nonce', says)
  }
  const missing = await missingNonces(deps.db, lease, mined)
  if (missing.length > 0) await fillGaps(deps, lease, missing, signal)
}

const fillGaps = async (deps: RelayDeps, lease: Lease, nonces: readonly number[], signal: AbortSignal) => {
  deps.log.warn('nonces without a transaction are filled', { nonces })
  const fees = await affordableFees(deps, signal)
  await fenced(deps.db, lease, async (tx) => {
    for (const nonce of nonces) {
      const transfer = { to: lease.signer, data: '0x', gas: TRANSFER_GAS } as const
      const signed = await deps.signer.sign({ nonce, ...transfer, ...fees })
      const draft = { purpose: 'gap', subject: null, requests: [], ...transfer } as const
      await insertTransaction(tx, lease, nonce, draft, toAttempt(signed, fees, deps.clock()))
    }
  })
}

/** Where an account starts that our books do not know: after everything the chain has of it, if nothing is pending. */
export const firstNonce = async (
  { node, signer }: Pick<RelayDeps, 'node' | 'signer'>,
  signal: AbortSignal,
): Promise<number> => {
  const mined = await node.transactionCount(signer.address, 'latest', signal)
  const pending = await node.transactionCount(signer.address, 'pending', signal)
  if (pending === mined) return mined
  throw new Fault('relay.foreign-nonce', `${signer.address} has pending transactions that are not in our books.`)
}
