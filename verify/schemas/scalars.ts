import type { Json } from '../types.ts'
import type { SchemaNode } from './schema-file.ts'

const QUANTITY = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/

const formats: Readonly<Record<string, (text: string) => boolean>> = {
  'date-time': (text) => /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/.test(text),
  duration: (text) => /^(?:0|[-+]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+)$/.test(text),
  byte: (text) => /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text),
  ipv4: (text) => /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(text),
  ipv6: (text) => /^[0-9a-fA-F:.]+$/.test(text) && text.includes(':'),
}

const article = (type: string) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`)

/** What a value is called in a sentence. */
export const kindOfValue = (value: Json | undefined): string => {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  return `the ${typeof value} ${JSON.stringify(value)}`
}

const isOfType = (value: Json, type: NonNullable<SchemaNode['type']>): boolean => {
  switch (type) {
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'array':
      return Array.isArray(value)
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value)
    case 'number':
    case 'string':
    case 'boolean':
      return typeof value === type
    case 'int-or-string':
      return typeof value === 'string' || (typeof value === 'number' && Number.isInteger(value))
    case 'quantity':
      return typeof value === 'number' || (typeof value === 'string' && QUANTITY.test(value))
  }
}

const typeName: Readonly<Record<NonNullable<SchemaNode['type']>, string>> = {
  object: 'object',
  array: 'list',
  integer: 'integer',
  number: 'number',
  string: 'string',
  boolean: 'boolean',
  'int-or-string': 'integer or string',
  quantity: 'quantity such as 500m or 2Gi',
}

const patterns = new Map<string, RegExp | undefined>()

/** Patterns are written for Go; undefined where JavaScript cannot read one. */
const compiled = (pattern: string): RegExp | undefined => {
  if (patterns.has(pattern)) return patterns.get(pattern)
  const made = (() => {
    try {
      return pattern.startsWith('(?i)') ? new RegExp(pattern.slice(4), 'iu') : new RegExp(pattern, 'u')
    } catch {
      return undefined
    }
  })()
  patterns.set(pattern, made)
  return made
}

const stringFault = (value: string, node: SchemaNode): string | undefined => {
  if (node.pattern !== undefined && compiled(node.pattern)?.test(value) === false)
    return `must match ${node.pattern}, which ${JSON.stringify(value)} does not`
  const isWanted = node.format === undefined ? undefined : formats[node.format]
  if (isWanted?.(value) === false) return `must be a ${node.format}, which ${JSON.stringify(value)} is not`
  const length = [...value].length
  if (node.minLength !== undefined && length < node.minLength)
    return node.minLength === 1
      ? 'must not be empty'
      : `must have at least ${node.minLength} characters, it has ${length}`
  if (node.maxLength !== undefined && length > node.maxLength)
    return `must have at most ${node.maxLength} characters, it has ${length}`
  return undefined
}

const numberFault = (value: number, node: SchemaNode): string | undefined => {
  if (node.minimum !== undefined && value < node.minimum) return `must be at least ${node.minimum}, it is ${value}`
  if (node.maximum !== undefined && value > node.maximum) return `must be at most ${node.maximum}, it is ${value}`
  return undefined
}

const sizeFault = (size: number, what: string, least: number | undefined, most: number | undefined) => {
  if (least !== undefined && size < least) return `must have at least ${least} ${what}, it has ${size}`
  return most !== undefined && size > most ? `must have at most ${most} ${what}, it has ${size}` : undefined
}

/** What is wrong with a value apart from what it holds, as the end of "`path` …"; undefined when nothing is. */
export const valueFault = (value: Json, node: SchemaNode): string | undefined => {
  if (node.type !== undefined && !isOfType(value, node.type))
    return `must be ${article(typeName[node.type])}, it is ${kindOfValue(value)}`
  if (node.enum !== undefined && !node.enum.includes(value))
    return `must be one of ${node.enum.map((one) => JSON.stringify(one)).join(', ')}, it is ${kindOfValue(value)}`
  if (typeof value === 'string') return stringFault(value, node)
  if (typeof value === 'number') return numberFault(value, node)
  if (Array.isArray(value)) return sizeFault(value.length, 'items', node.minItems, node.maxItems)
  if (typeof value === 'object' && value !== null)
    return sizeFault(Object.keys(value).length, 'fields', node.minProperties, node.maxProperties)
  return undefined
}
