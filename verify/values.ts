import type { JsonObject } from './types.ts'

/** Whether a parsed value is a mapping. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A mapping, or an empty one where there is something else or nothing. */
export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {})

/** The mappings of a list; nothing where there is no list. */
export const objectsOf = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : [])

/** The strings of a list; nothing where there is no list. */
export const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []

/** A string, or undefined where there is something else. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** A number, or undefined where there is something else. */
export const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

/** The string values of a mapping of labels or annotations. */
export const labelsOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(objectOf(value)).flatMap(([key, item]) => (typeof item === 'string' ? [[key, item]] : [])),
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
