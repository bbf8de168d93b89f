import type { GasPrices } from '@knowton/adapters/chain'

/** What a transaction offers for gas, in wei. */
export type Fees = { readonly maxFeePerGasWei: bigint; readonly maxPriorityFeePerGasWei: bigint }

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)
const most = (a: bigint, b: bigint): bigint => (a > b ? a : b)

/** Nodes take a replacement that offers a tenth more; an eighth leaves room for their rounding. */
const bumped = (wei: bigint): bigint => (wei * 9n + 7n) / 8n + 1n

/**
 * Fees for a new transaction: room for the base fee to double, within the budget. Undefined when the budget does not
 * even cover the present price.
 */
export const firstFees = ({ baseFeeWei, priorityFeeWei }: GasPrices, budgetWei: bigint): Fees | undefined => {
  if (baseFeeWei + priorityFeeWei > budgetWei) return undefined
  return {
    maxFeePerGasWei: least(2n * baseFeeWei + priorityFeeWei, budgetWei),
    maxPriorityFeePerGasWei: priorityFeeWei,
  }
}

/**
 * Fees that replace `previous`: both at least an eighth higher and no less than the present price asks for. Undefined
 * when the budget does not allow the rise.
 */
export const replacementFees = (previous: Fees, prices: GasPrices, budgetWei: bigint): Fees | undefined => {
  const priority = most(bumped(previous.maxPriorityFeePerGasWei), prices.priorityFeeWei)
  const least = most(bumped(previous.maxFeePerGasWei), priority)
  if (least > budgetWei) return undefined
  const wanted = most(least, 2n * prices.baseFeeWei + priority)
  return {
    maxFeePerGasWei: wanted > budgetWei ? budgetWei : wanted,
    maxPriorityFeePerGasWei: priority,
  }
}
