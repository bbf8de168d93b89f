import type { Json, JsonObject } from './types.ts'

/** Whether a parsed value is a mapping. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A mapping, or an empty one where there is something else or nothing. */
export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {})

/** A list as it is; an empty one where there is something else or nothing. */
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : [])

/** The mappings of a list; nothing where there is no list. */
export const objectsOf = (value: unknown): readonly JsonObject[] => listOf(value).filter(isObject)

/** The strings of a list; nothing where there is no list. */
export const textsOf = (value: unknown): readonly string[] => listOf(value).filter((item) => typeof item === 'string')

/** A string, a number as it is written; undefined where there is something else. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined

/** A string, number or boolean as it would be written; undefined where there is something else. */
export const scalarText = (value: unknown): string | undefined =>
  typeof value === 'boolean' ? String(value) : textOf(value)

/** A number, or undefined where there is something else. */
export const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

/** A whole number, also where it is written as a string; undefined where there is something else. */
export const wholeNumber = (value: unknown): number | undefined => {
  const written = textOf(value)
  return written !== undefined && /^-?\d+$/.test(written) ? Number(written) : undefined
}

/** Whether a value is true, also where it is written as a string. */
export const isTrue = (value: unknown): boolean => scalarText(value)?.toLowerCase() === 'true'

/** The scalars of a mapping as texts: labels, annotations, data of a ConfigMap. */
export const labelsOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(objectOf(value)).flatMap(([key, item]) => {
      const text = scalarText(item)
      return text === undefined ? [] : [[key, text]]
    }),
  )

/** What lies at a dotted path with list indices (`spec.containers[0].image`); undefined where nothing does. */
export const valueAt = (value: unknown, path: string): unknown => {
  let current: unknown = value
  for (const part of path.split(/[.[\]]+/)) {
    if (part === '') continue
    if (Array.isArray(current)) current = current[Number(part)]
    else if (isObject(current)) current = current[part]
    else return undefined
  }
  return current
}

/** The mapping at `path`; empty where there is none. */
export const objectAt = (value: unknown, path: string): JsonObject => objectOf(valueAt(value, path))

/** The list at `path`; empty where there is none. */
export const listAt = (value: unknown, path: string): readonly Json[] => listOf(valueAt(value, path))

/** The mappings of the list at `path`; nothing where there is no list. */
export const objectsAt = (value: unknown, path: string): readonly JsonObject[] => objectsOf(valueAt(value, path))

/** The strings of the list at `path`; nothing where there is no list. */
export const textsAt = (value: unknown, path: string): readonly string[] => textsOf(valueAt(value, path))

/** The text at `path`, a number as it is written; undefined where there is none. */
export const textAt = (value: unknown, path: string): string | undefined => textOf(valueAt(value, path))

/** The number at `path`; undefined where there is none. */
export const numberAt = (value: unknown, path: string): number | undefined => numberOf(valueAt(value, path))

/** The scalars of the mapping at `path` as texts. */
export const labelsAt = (value: unknown, path: string): Readonly<Record<string, string>> =>
  labelsOf(valueAt(value, path))

/** Only those of the given keys that `value` has. */
export const pick = (value: unknown, keys: readonly string[]): JsonObject =>
  isObject(value) ? Object.fromEntries(keys.flatMap((key) => (key in value ? [[key, value[key]]] : []))) : {}

/** A string of a document: the key it stands under (of the nearest mapping) and its dotted path. */
type FoundText = { readonly key: string; readonly path: string; readonly text: string }

/** Every string of a parsed value, depth first, in its own order. */
export const textsIn = (value: unknown, path = '', key = ''): readonly FoundText[] => {
  if (typeof value === 'string') return [{ key, path, text: value }]
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, `${path}[${index}]`, key))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, item]) => textsIn(item, path === '' ? name : `${path}.${name}`, name))
}
