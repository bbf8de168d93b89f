/** A string, number or boolean as it would be written; undefined where there is something else. */
export const scalarText = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined

/** A whole number, also where it is written as a string; undefined where there is something else. */
export const wholeNumber = (value: unknown): number | undefined => {
  const written = scalarText(value)
  return written !== undefined && /^-?\d+$/.test(written) ? Number(written) : undefined
}

/** Whether a value is true, also where it is written as a string. */
export const isTrue = (value: unknown): boolean => scalarText(value)?.toLowerCase() === 'true'
