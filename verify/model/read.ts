import type { Json, JsonObject } from '../types.ts'
import { valueAt as anyAt, isObject } from '../values.ts'

export { isObject } from '../values.ts'

/** The value at a dotted path; undefined where anything on the way is missing. */
export const valueAt = (value: unknown, path: string): Json | undefined => {
  const found = anyAt(value, path)
  return isJson(found) ? found : undefined
}

/** The mapping at `path`; empty where there is none. */
export const objectAt = (value: unknown, path: string): JsonObject => {
  const found = valueAt(value, path)
  return isObject(found) ? found : {}
}

/** The list at `path`; empty where there is none. */
export const listAt = (value: unknown, path: string): readonly Json[] => {
  const found = valueAt(value, path)
  return Array.isArray(found) ? found : []
}

/** The text at `path`, a number as it is written; undefined where there is none. */
export const textAt = (value: unknown, path: string): string | undefined => {
  const found = valueAt(value, path)
  return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : undefined
}

/** The number at `path`; undefined where there is none. */
export const numberAt = (value: unknown, path: string): number | undefined => {
  const found = valueAt(value, path)
  return typeof found === 'number' ? found : undefined
}

/** The texts of the mapping at `path`: labels, annotations, data of a ConfigMap. */
export const textsAt = (value: unknown, path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(objectAt(value, path)).flatMap(([key, text]) =>
      typeof text === 'string' || typeof text === 'number' || typeof text === 'boolean' ? [[key, String(text)]] : [],
    ),
  )

/** Only those of the given keys that `value` has. */
export const pick = (value: unknown, keys: readonly string[]): JsonObject =>
  isObject(value) ? Object.fromEntries(keys.flatMap((key) => (key in value ? [[key, value[key]]] : []))) : {}

const isJson = (value: unknown): value is Json => value !== undefined
