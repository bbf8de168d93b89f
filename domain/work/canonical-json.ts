/** A value that JSON can carry exactly. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/**
 * The one way to write `value` as JSON (RFC 8785): no spaces, names in the order of their UTF-16 code units. Throws a
 * RangeError for what has no canonical form: a number that is not finite, text with half a surrogate pair.
 */
export const canonicalJson = (value: Json): string => {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`${value} has no form in JSON.`)
  if (typeof value === 'string') return quote(value)
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${quote(name)}:${canonicalJson(member)}`).join(',')}}`
}

const quote = (text: string): string => {
  if (!text.isWellFormed()) throw new RangeError('The text holds half a surrogate pair.')
  return JSON.stringify(text)
}

const isList = (value: object): value is readonly Json[] => Array.isArray(value)
