import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Plan } from './plan.ts'
import { costOf, moneyText, parsePrices } from './prices.ts'

const table = `currency: USD
perHour: { t3.xlarge: "0.1664" }
perGiBMonth: { fast-ssd: "0.08" }
`
const count = (needed: number) => ({ needed, allowed: 10 })
const plan: Plan = {
  environment: 'test',
  pools: [
    {
      name: 'general-purpose',
      instanceType: 't3.xlarge',
      minNodes: 3,
      maxNodes: 10,
      zones: 3,
      allocatable: { cpuMillis: 1, memoryBytes: 1, gpus: 0 },
      nodes: { now: count(2), peak: count(5), 'node-lost': count(2), 'zone-lost': count(2) },
      placed: [],
    },
  ],
  requests: { pods: 0, cpuMillis: 0, memoryBytes: 0, gpus: 0 },
  storage: [{ storageClass: 'fast-ssd', system: 'kafka', volumes: 3, gib: 1500 }],
  misfits: [],
}

test('a month is 730 hours, and a pool never has fewer nodes than its least', () => {
  const cost = costOf(plan, parsePrices(table))
  expect(moneyText(cost.machinesMicros)).toBe('364.42')
  expect(moneyText(cost.machinesAtPeakMicros)).toBe('607.36')
  expect(moneyText(cost.storageMicros)).toBe('120.00')
  expect(cost.unpriced).toEqual([])
})

test('what has no price is named and not counted', () => {
  const cost = costOf(plan, parsePrices('currency: EUR\nperHour: {}\nperGiBMonth: {}\n'))
  expect(cost).toMatchObject({ currency: 'EUR', machinesMicros: 0n, unpriced: ['t3.xlarge', 'fast-ssd'] })
})

test.each([
  'perHour: { t3.xlarge: 0.1664 }',
  'perHour: { t3.xlarge: "-1" }',
  'perHour: { t3.xlarge: "0.12345678" }',
  'perDay: {}',
])('refuses a table with %s', (line) => {
  expect(() => parsePrices(`currency: USD\nperGiBMonth: {}\n${line}\n`)).toThrow('prices:')
})

test('money is exact to the hundredth', () => {
  expect(moneyText(1_234_565_000n)).toBe('1,234.57')
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), (cents) => {
      expect(moneyText(cents * 10_000n).replaceAll(',', '')).toBe(
        `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`,
      )
    }),
  )
})
