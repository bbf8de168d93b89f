import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstFees, replacementFees } from './fees.ts'

const wei = fc.bigInt(0n, 10n ** 13n)
const prices = fc.record({ baseFeeWei: wei, priorityFeeWei: wei })

test('a first offer is within the budget and covers the present price, or there is none', () => {
  fc.assert(
    fc.property(prices, wei, (now, budget) => {
      const fees = firstFees(now, budget)
      const price = now.baseFeeWei + now.priorityFeeWei
      if (fees === undefined) {
        expect(price).toBeGreaterThan(budget)
        return
      }
      expect(fees.maxFeePerGasWei).toBeLessThanOrEqual(budget)
      expect(fees.maxFeePerGasWei).toBeGreaterThanOrEqual(price)
      expect(fees.maxPriorityFeePerGasWei).toBeLessThanOrEqual(fees.maxFeePerGasWei)
    }),
  )
})

test('T6: each replacement raises both fees by at least an eighth and never beyond the budget', () => {
  fc.assert(
    fc.property(prices, fc.array(prices, { maxLength: 30 }), wei, (first, later, budget) => {
      let fees = firstFees(first, budget)
      for (const now of later) {
        if (fees === undefined) return
        const next = replacementFees(fees, now, budget)
        if (next !== undefined) {
          expect(next.maxFeePerGasWei * 8n).toBeGreaterThan(fees.maxFeePerGasWei * 9n)
          expect(next.maxPriorityFeePerGasWei * 8n).toBeGreaterThan(fees.maxPriorityFeePerGasWei * 9n)
          expect(next.maxFeePerGasWei).toBeLessThanOrEqual(budget)
          expect(next.maxPriorityFeePerGasWei).toBeLessThanOrEqual(next.maxFeePerGasWei)
        }
        fees = next
      }
    }),
  )
})
