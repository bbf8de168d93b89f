const BINARY = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 } as const

/** `500m` or `2` in thousandths of a core. Throws RangeError for another form. */
export const cpuMillis = (quantity: string): number => {
  const [, digits, milli] = /^(\d+)(m?)$/.exec(quantity) ?? []
  if (digits === undefined) throw new RangeError(`"${quantity}" is not a number of cores`)
  return Number(digits) * (milli === 'm' ? 1 : 1000)
}

/** `512Mi`, `2Gi` or `1Ti` in bytes. Throws RangeError for another form. */
export const bytes = (quantity: string): number => {
  const [, digits, unit] = /^(\d+)(Ki|Mi|Gi|Ti)$/.exec(quantity) ?? []
  const factor = Object.entries(BINARY).find(([name]) => name === unit)?.[1]
  if (digits === undefined || factor === undefined) throw new RangeError(`"${quantity}" is not a number of bytes`)
  return Number(digits) * factor
}

/** Whole cores, rounded up. */
export const cores = (millis: number): string => String(Math.ceil(millis / 1000))

/** Whole `Gi`, rounded up. */
export const gibibytes = (count: number): string => (count === 0 ? '0' : `${Math.ceil(count / BINARY.Gi)}Gi`)

/** `512Mi` or `2Gi` in MiB. Throws RangeError for another form. */
export const mebibytes = (quantity: string): number => bytes(quantity) / BINARY.Mi

/** `500m` or `2` in whole cores, at least one. Throws RangeError for another form. */
export const wholeCores = (quantity: string): number => Math.max(1, Math.floor(cpuMillis(quantity) / 1000))
