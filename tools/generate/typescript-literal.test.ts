import fc from 'fast-check'
import { expect, test } from 'vitest'
import { typescriptLiteral } from './typescript-literal.ts'

const evaluate = (literal: string): unknown => new Function(`return (${literal})`)()

test('a literal means the data it was made from', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value))
      expect(evaluate(typescriptLiteral(plain))).toEqual(plain)
    }),
    { examples: [[{ ['__proto__']: 1 }]] },
  )
})

test('keys stay bare where they may and strings have single quotes', () => {
  expect(typescriptLiteral({ name: "it's", 'a-b': ['"', 1, true, null], none: {} })).toBe(
    `{ name: 'it\\'s', 'a-b': ['"', 1, true, null], none: {} }`,
  )
})
