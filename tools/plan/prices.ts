import { parse } from 'yaml'
import { z } from 'zod'
import type { Plan } from './plan.ts'

/** Hours of an average month: 365 × 24 / 12. */
const HOURS = 730n

const MICROS = 1_000_000n

const amount = z.string().regex(/^\d+(\.\d{1,6})?$/, 'a decimal string with at most six places, in quotes')

const table = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** Of one machine, by type. */
  perHour: z.record(z.string(), amount),
  /** Of one GiB, by storage class. */
  perGiBMonth: z.record(z.string(), amount),
})

/** Prices that the operator supplies; in millionths of the currency. */
export type Prices = {
  readonly currency: string
  readonly perHour: ReadonlyMap<string, bigint>
  readonly perGiBMonth: ReadonlyMap<string, bigint>
}

const micros = (text: string): bigint => {
  const [whole = '0', fraction = ''] = text.split('.')
  return BigInt(whole) * MICROS + BigInt(fraction.padEnd(6, '0'))
}

const toMicros = (amounts: Readonly<Record<string, string>>): ReadonlyMap<string, bigint> =>
  new Map(Object.entries(amounts).map(([name, text]) => [name, micros(text)]))

/** Reads a table of prices; throws with a sentence for each fault. */
export const parsePrices = (text: string): Prices => {
  const read = table.safeParse(parse(text))
  if (!read.success)
    throw new Error(read.error.issues.map(({ path, message }) => `prices: ${path.join('.')}: ${message}`).join('\n'))
  const { currency, perHour, perGiBMonth } = read.data
  return { currency, perHour: toMicros(perHour), perGiBMonth: toMicros(perGiBMonth) }
}

/** What a month costs, in millionths of the currency, and what has no price in the table. */
export type Cost = {
  readonly currency: string
  readonly machinesMicros: bigint
  readonly machinesAtPeakMicros: bigint
  readonly storageMicros: bigint
  readonly unpriced: readonly string[]
}

/** The price of a plan's machines, those it needs and never fewer than each pool's least, and of its volumes. */
export const costOf = ({ pools, storage }: Plan, prices: Prices): Cost => {
  const machines = (scenario: 'now' | 'peak') =>
    pools.reduce((sum, { instanceType, minNodes, nodes }) => {
      const count = BigInt(Math.max(minNodes, nodes[scenario].needed))
      return sum + (prices.perHour.get(instanceType) ?? 0n) * HOURS * count
    }, 0n)
  return {
    currency: prices.currency,
    machinesMicros: machines('now'),
    machinesAtPeakMicros: machines('peak'),
    storageMicros: storage.reduce(
      (sum, { storageClass, gib }) => sum + (prices.perGiBMonth.get(storageClass) ?? 0n) * BigInt(Math.ceil(gib)),
      0n,
    ),
    unpriced: [
      ...pools.map(({ instanceType }) => instanceType).filter((type) => !prices.perHour.has(type)),
      ...storage.map(({ storageClass }) => storageClass).filter((one) => !prices.perGiBMonth.has(one)),
    ].filter((name, index, all) => all.indexOf(name) === index),
  }
}

/** `1,234.56`: millionths rounded to hundredths, half up. */
export const moneyText = (value: bigint): string => {
  const cents = (value + 5_000n) / 10_000n
  const whole = String(cents / 100n).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${whole}.${String(cents % 100n).padStart(2, '0')}`
}
