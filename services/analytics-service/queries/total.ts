/** The two 128-bit halves of a sum of UInt256, low first, as decimal strings. */
export type Halves = readonly [low: string, high: string]

const LOW_HALF = 2n ** 128n - 1n

/** SQL for the exact sum of a UInt256 column: `sum` itself wraps at 2²⁵⁶, so its halves are summed apart. */
export const totalSql = (column: string): string =>
  `[sum(bitAnd(${column}, toUInt256('${LOW_HALF}'))), sum(bitShiftRight(${column}, 128))]`

/** The sum that `totalSql` answered. */
export const parseTotal = ([low, high]: Halves): bigint => (BigInt(high) << 128n) + BigInt(low)
