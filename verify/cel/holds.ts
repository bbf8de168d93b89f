import type { SchemaNode } from '../schemas/schema-file.ts'
import type { Json, JsonObject } from '../types.ts'
import { CelFault, evaluate } from './evaluate.ts'
import { type Cel, CelUnsupported, parseCel } from './parse-cel.ts'

const parsed = new Map<string, Cel | undefined>()

const treeOf = (rule: string): Cel | undefined => {
  if (parsed.has(rule)) return parsed.get(rule)
  let tree: Cel | undefined
  try {
    tree = parseCel(rule)
  } catch (error) {
    if (!(error instanceof CelUnsupported)) throw error
  }
  parsed.set(rule, tree)
  return tree
}

/** Whether a rule can be judged here. */
export const isReadable = (rule: string): boolean => treeOf(rule) !== undefined

/** Whether a rule of a definition holds for `value`; undefined when it uses something that is not read here. */
export const holds = (
  rule: string,
  value: Json,
  node: SchemaNode,
  nodes: readonly SchemaNode[],
): boolean | undefined => {
  const tree = treeOf(rule)
  if (tree === undefined) return undefined
  try {
    return evaluate(tree, { self: withDefaults(value, node, nodes) }) === true
  } catch (error) {
    if (error instanceof CelFault) return false
    if (error instanceof CelUnsupported) return undefined
    throw error
  }
}

/** A value as the API server sees it after it filled in the defaults of its schema. */
const withDefaults = (value: Json, node: SchemaNode, nodes: readonly SchemaNode[]): Json => {
  if (Array.isArray(value)) {
    const shape = node.items === undefined ? undefined : nodes[node.items]
    return shape === undefined ? value : value.map((item) => withDefaults(item, shape, nodes))
  }
  if (typeof value !== 'object' || value === null) return value
  const given = value as JsonObject
  const filled: Record<string, Json | undefined> = { ...given }
  for (const [name, number] of Object.entries(node.properties ?? {})) {
    const shape = nodes[number] ?? {}
    const own = given[name] ?? shape.default
    if (own !== undefined) filled[name] = withDefaults(own, shape, nodes)
  }
  return filled
}
