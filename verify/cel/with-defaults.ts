import type { SchemaNode } from '../schemas/schema-file.ts'
import type { Json, JsonObject } from '../types.ts'

/** A value as the API server sees it after it filled in the defaults of its schema. */
export const withDefaults = (value: Json, node: SchemaNode, nodes: readonly SchemaNode[]): Json => {
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
