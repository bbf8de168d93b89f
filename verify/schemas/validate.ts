import { holds } from '../cel/holds.ts'
import type { Json, JsonObject } from '../types.ts'
import { isObject } from '../values.ts'
import { valueFault } from './scalars.ts'
import type { SchemaNode } from './schema-file.ts'
import type { KindSchema } from './schemas.ts'

/** One thing that the API server would refuse. */
export type SchemaFault =
  | { readonly kind: 'unknown'; readonly path: string; readonly field: string; readonly known: readonly string[] }
  | { readonly kind: 'missing'; readonly path: string; readonly field: string }
  | { readonly kind: 'invalid'; readonly path: string; readonly says: string }

type Walk = { readonly nodes: readonly SchemaNode[]; readonly faults: SchemaFault[] }

const join = (path: string, key: string) => (path === '' ? key : `${path}.${key}`)

const judgeFields = (value: JsonObject, node: SchemaNode, path: string, walk: Walk): void => {
  const { properties, values } = node
  for (const key in value) {
    const child = value[key]
    if (child === undefined) continue
    const number = properties !== undefined && Object.hasOwn(properties, key) ? properties[key] : values
    if (number !== undefined) judge(child, walk.nodes[number] ?? {}, join(path, key), walk)
    else if (node.open !== true && (properties !== undefined || node.type === 'object') && !isFree(node))
      walk.faults.push({ kind: 'unknown', path: join(path, key), field: key, known: Object.keys(properties ?? {}) })
  }
  for (const field of node.required ?? [])
    if ((value[field] ?? null) === null) walk.faults.push({ kind: 'missing', path, field })
}

/** An object of which nothing is said may hold anything only where it says so; a bare `{}` shape is any value. */
const isFree = (node: SchemaNode): boolean => node.type === undefined && node.properties === undefined

const judgeItems = (items: readonly Json[], node: SchemaNode, path: string, walk: Walk): void => {
  const shape = node.items === undefined ? undefined : walk.nodes[node.items]
  if (shape !== undefined)
    items.forEach((item, index) => {
      judge(item, shape, `${path}[${index}]`, walk)
    })
  const { keys } = node
  if (keys === undefined) return
  const seen = new Map<string, number>()
  items.forEach((item, index) => {
    if (!isObject(item)) return
    const defaults = shape?.properties
    const part = (key: string) =>
      item[key] ?? (defaults?.[key] === undefined ? null : (walk.nodes[defaults[key]]?.default ?? null))
    const id = JSON.stringify(keys.map(part))
    const first = seen.get(id)
    if (first === undefined) seen.set(id, index)
    else
      walk.faults.push({
        kind: 'invalid',
        path: `${path}[${index}]`,
        says: `has the same ${keys.join(' and ')} as item ${first}, the list may hold it once`,
      })
  })
}

const judgeChoice = (value: JsonObject, choice: readonly string[], path: string, walk: Walk): void => {
  const given = choice.filter((field) => value[field] !== undefined)
  if (given.length === 1) return
  const says = `must have exactly one of ${choice.join(', ')}, it has ${given.length === 0 ? 'none' : given.join(' and ')}`
  walk.faults.push({ kind: 'invalid', path, says })
}

const judge = (value: Json, node: SchemaNode, path: string, walk: Walk): void => {
  // the API server drops a null before it fills in defaults and validates
  if (value === null) return
  const fault = valueFault(value, node)
  if (fault !== undefined) {
    walk.faults.push({ kind: 'invalid', path, says: fault })
    return
  }
  if (Array.isArray(value)) judgeItems(value, node, path, walk)
  else if (isObject(value)) {
    judgeFields(value, node, path, walk)
    if (node.oneOf !== undefined) judgeChoice(value, node.oneOf, path, walk)
  }
  for (const { rule, message } of node.validations ?? [])
    if (holds(rule, value, node, walk.nodes) === false) walk.faults.push({ kind: 'invalid', path, says: message })
}

/** Everything in `value` that does not fit the schema. Strict: a field that the schema does not name is a fault. */
export const validate = (value: Json, schema: KindSchema, path = ''): readonly SchemaFault[] => {
  const walk: Walk = { nodes: schema.nodes, faults: [] }
  judge(value, schema.root, path, walk)
  return walk.faults
}
