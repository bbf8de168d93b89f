import type { GasPrices } from '@knowton/adapters/chain'
import { replacementFees } from './fees.ts'
import { fenced, type Lease } from './lease.ts'
import type { RelayDeps } from './relay-deps.ts'
import { type Attempt, insertAttempt, type OpenTransaction, toAttempt } from './transaction-store.ts'

/** Signs what has waited too long again, at the same nonce and with the same content, for more money within the budget. */
export const replaceStuck = async (
  deps: RelayDeps,
  lease: Lease,
  open: readonly OpenTransaction[],
  signal: AbortSignal,
): Promise<boolean> => {
  const deadline = deps.clock().getTime() - deps.settings.stuckSeconds * 1000
  const stuck = open.flatMap((transaction) => {
    const newest = transaction.attempts.at(-1)
    return newest !== undefined && newest.signedAt.getTime() <= deadline ? [{ transaction, newest }] : []
  })
  if (stuck.length === 0) return false
  const prices = await deps.node.gasPrices(signal)
  const replaced = await Promise.all(
    stuck.map(({ transaction, newest }) => replace(deps, lease, transaction, newest, prices)),
  )
  return replaced.includes(true)
}

const replace = async (
  deps: RelayDeps,
  lease: Lease,
  { id, nonce, to, data, gas }: OpenTransaction,
  newest: Attempt,
  prices: GasPrices,
): Promise<boolean> => {
  const fees = replacementFees(newest, prices, deps.settings.maxFeePerGasWei)
  if (fees === undefined) {
    deps.log.warn('a transaction is stuck and the fee budget allows no replacement', { nonce, hash: newest.hash })
    return false
  }
  const signed = await deps.signer.sign({ nonce, to, data, gas, ...fees })
  await fenced(deps.db, lease, (tx) => insertAttempt(tx, id, toAttempt(signed, fees, deps.clock())))
  deps.onChanged()
  return true
}
