import { Fault } from '@knowton/core'
import { type Fees, firstFees } from './fees.ts'
import { fenced, type Lease } from './lease.ts'
import type { RelayDeps } from './relay-deps.ts'
import { type Draft, insertTransaction, takeNonce, toAttempt } from './transaction-store.ts'

/**
 * Gives each draft the next nonce, signs it and stores the bytes, all in one transaction: a nonce is used exactly when
 * what uses it is on record. Nothing is sent here.
 */
export const signDrafts = async (
  deps: RelayDeps,
  lease: Lease,
  drafts: readonly Draft[],
  signal: AbortSignal,
): Promise<void> => {
  if (drafts.length === 0) return
  const fees = await affordableFees(deps, signal)
  await fenced(deps.db, lease, async (tx) => {
    for (const draft of drafts) {
      const nonce = await takeNonce(tx, lease)
      const { to, data, gas } = draft
      const signed = await deps.signer.sign({ nonce, to, data, gas, ...fees })
      await insertTransaction(tx, lease, nonce, draft, toAttempt(signed, fees, deps.clock()))
    }
  })
  deps.onChanged()
}

/** Fees at the present price; a fault that passes when it is above the budget. */
export const affordableFees = async (deps: RelayDeps, signal: AbortSignal): Promise<Fees> => {
  const prices = await deps.node.gasPrices(signal)
  const fees = firstFees(prices, deps.settings.maxFeePerGasWei)
  if (fees !== undefined) return fees
  const says = `Gas costs ${prices.baseFeeWei + prices.priorityFeeWei} wei, more than the ${deps.settings.maxFeePerGasWei} allowed.`
  throw new Fault('relay.over-budget', says, { retry: 'later' })
}
