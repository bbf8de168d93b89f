const UNITS = { Ki: 1 / 1024, Mi: 1, Gi: 1024, Ti: 1024 ** 2 } as const

/** A Kubernetes quantity of memory (`512Mi`, `2Gi`) in MiB. Throws RangeError for other units. */
export const mebibytes = (quantity: string): number => {
  const [, digits, unit] = /^(\d+)(Ki|Mi|Gi|Ti)$/.exec(quantity) ?? []
  if (digits === undefined || unit === undefined) throw new RangeError(`"${quantity}" is not a quantity of memory`)
  return Number(digits) * UNITS[unit as keyof typeof UNITS]
}

/** A Kubernetes quantity of processors (`500m`, `2`) in whole cores, at least one. Throws RangeError for other forms. */
export const wholeCores = (quantity: string): number => {
  const [, digits, milli] = /^(\d+)(m?)$/.exec(quantity) ?? []
  if (digits === undefined) throw new RangeError(`"${quantity}" is not a quantity of processors`)
  return Math.max(1, Math.floor(Number(digits) / (milli === 'm' ? 1000 : 1)))
}
