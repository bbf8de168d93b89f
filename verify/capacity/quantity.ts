const binary = { Ki: 1n, Mi: 2n, Gi: 3n, Ti: 4n, Pi: 5n, Ei: 6n } as const
const decimalExponents = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 } as const

const NANOS = 1_000_000_000n
const form = /^([+-]?)(\d+\.?\d*|\.\d+)(?:(Ki|Mi|Gi|Ti|Pi|Ei)|([eE][+-]?\d+)|([numkMGTPE]?))$/

const isKey = <T extends object>(table: T, key: string): key is Extract<keyof T, string> => Object.hasOwn(table, key)

/** Rounds away from zero, as Kubernetes does with what is finer than it can hold. */
const divideUp = (value: bigint, by: bigint): bigint => {
  const quotient = value / by
  if (value % by === 0n) return quotient
  return value < 0n ? quotient - 1n : quotient + 1n
}

const scale = (suffix: string | undefined, exponent: string | undefined, unit: string): [bigint, number] => {
  if (suffix !== undefined && isKey(binary, suffix)) return [1024n ** binary[suffix], 0]
  if (exponent !== undefined) return [1n, Number(exponent.slice(1))]
  return [1n, isKey(decimalExponents, unit) ? decimalExponents[unit] : 0]
}

/** The largest power of ten that is still a quantity; Kubernetes caps quantities at 2^63-1. */
const MAX_EXPONENT = 40

/**
 * A Kubernetes quantity (`500m`, `1.5Gi`, `2e3`, `4`) in billionths, exactly; undefined when it is none.
 * Grammar: apimachinery's `resource.Quantity`.
 */
export const parseQuantity = (value: unknown): bigint | undefined => {
  if (typeof value === 'number' && !Number.isFinite(value)) return undefined
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const match = form.exec(String(value).trim())
  if (match === null) return undefined
  const [, sign, digits = '0', suffix, exponent, unit = ''] = match
  const [whole = '', fraction = ''] = digits.split('.')
  const [factor, powerOfTen] = scale(suffix, exponent, unit)
  if (Math.abs(powerOfTen) > MAX_EXPONENT) return undefined
  const power = powerOfTen - fraction.length
  const unscaled = BigInt(`${whole}${fraction}` || '0') * factor * NANOS
  const nanos = power >= 0 ? unscaled * 10n ** BigInt(power) : divideUp(unscaled, 10n ** BigInt(-power))
  return sign === '-' ? -nanos : nanos
}

/** Thousandths of a CPU in a quantity, rounded up; 0 where there is none. */
export const millisOf = (value: unknown): number => Number(divideUp(parseQuantity(value) ?? 0n, 1_000_000n))

/** Whole units in a quantity (bytes, devices), rounded up; 0 where there is none. */
export const unitsOf = (value: unknown): number => Number(divideUp(parseQuantity(value) ?? 0n, NANOS))

const round = (value: number, digits: number): string => String(Number(value.toFixed(digits)))

/** CPU as people write it: `1.5 CPU`. */
export const cpuText = (millis: number): string => `${round(millis / 1000, 2)} CPU`

/** Bytes as people write them: `7.5 GiB`, `256 MiB`. */
export const bytesText = (bytes: number): string =>
  bytes >= 1024 ** 3 ? `${round(bytes / 1024 ** 3, 1)} GiB` : `${round(bytes / 1024 ** 2, 0)} MiB`
