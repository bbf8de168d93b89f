import type { SchemaNode } from '@knowton/verify'

/** Keeps equal shapes once. */
export type Interner = {
  /** The number of a shape. */
  readonly add: (node: SchemaNode) => number
  readonly nodes: () => readonly SchemaNode[]
}

/** Starts with no shapes. */
export const createInterner = (): Interner => {
  const numbers = new Map<string, number>()
  return {
    add: (node) => {
      const text = JSON.stringify(node)
      const known = numbers.get(text)
      if (known !== undefined) return known
      numbers.set(text, numbers.size)
      return numbers.size - 1
    },
    nodes: () => [...numbers.keys()].map((text) => JSON.parse(text) as SchemaNode),
  }
}
