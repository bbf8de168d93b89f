import { isObject } from './values.ts'

/** A string of a document: the key it stands under (of the nearest mapping) and its dotted path. */
export type TextAt = { readonly key: string; readonly path: string; readonly text: string }

/** Every string of a parsed value, depth first, in its own order. */
export const textsIn = (value: unknown, path = '', key = ''): readonly TextAt[] => {
  if (typeof value === 'string') return [{ key, path, text: value }]
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, `${path}[${index}]`, key))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, item]) => textsIn(item, path === '' ? name : `${path}.${name}`, name))
}
