import * as z from 'zod'

/** The largest value of the EVM's uint256. */
export const MAX_UINT256 = 2n ** 256n - 1n

/** uint256: a bigint in code, a decimal string without sign or leading zeros on the wire. */
export const uint256 = z.codec(
  z
    .string()
    .regex(/^(0|[1-9]\d{0,77})$/, 'must be a decimal string of a whole number')
    .refine((digits) => digits.length < 78 || BigInt(digits) <= MAX_UINT256, 'must fit in 256 bits')
    .meta({ description: 'A whole number as a decimal string.', examples: ['1250000'] }),
  z.bigint().min(0n).max(MAX_UINT256),
  { decode: (digits) => BigInt(digits), encode: (value) => value.toString() },
)

/** Money in base units of its currency (wei, or millionths of TestUSD). */
export const amount = uint256.meta({
  description: 'Money in base units of its currency, as a decimal string.',
  examples: ['1250000'],
})

/** A rate in basis points, 0 … 10 000. */
export const bps = z.int().min(0).max(10_000)

/** Parts per million in one whole; the shares of a work sum to it exactly. */
export const PPM = 1_000_000

/** `⌊total · rate / 10 000⌋`, as the contracts round. */
export const bpsOf = (total: bigint, rateBps: number): bigint => (total * BigInt(rateBps)) / 10_000n

/** `⌊total · share / 1 000 000⌋`, as the contracts round. */
export const ppmOf = (total: bigint, sharePpm: number): bigint => (total * BigInt(sharePpm)) / BigInt(PPM)

/** Base units as a decimal number of whole units, for people: `formatUnits(1250000n, 6) = '1.25'`. */
export const formatUnits = (value: bigint, decimals: number): string => {
  const digits = value.toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '')
  return fraction === '' ? whole : `${whole}.${fraction}`
}
