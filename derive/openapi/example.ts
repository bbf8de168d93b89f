import type { JsonSchema } from './wire-schema.ts'

/** Tried in order on a string that has a pattern. */
const TEXTS = [
  'text',
  '1250000',
  '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266',
  `0x${'5e'.repeat(32)}`,
  '0x',
  'eip155:31337:0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266',
]

const FORMATS: Readonly<Record<string, string>> = {
  uuid: '0198c6a4-3b5e-4c1d-9f0a-2d6e8b7c1a45',
  'date-time': '2026-01-31T09:30:00.000Z',
  uri: 'https://knowton.io',
}

/** A value that the schema takes, the same each time. */
export const exampleOf = (schema: JsonSchema): unknown => {
  if (schema.examples !== undefined) return schema.examples[0]
  if (schema.const !== undefined) return schema.const
  if (schema.default !== undefined) return schema.default
  if (schema.enum !== undefined) return schema.enum[0]
  const variant = schema.anyOf?.[0] ?? schema.oneOf?.[0]
  if (variant !== undefined) return exampleOf(variant)
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, part]) => [key, exampleOf(part)]))
    case 'array':
      return schema.items === undefined
        ? []
        : Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => exampleOf(schema.items ?? {}))
    case 'string':
      return textOf(schema)
    case 'integer':
    case 'number':
      return Math.min(Math.max(1, schema.minimum ?? 1), schema.maximum ?? Number.POSITIVE_INFINITY)
    case 'boolean':
      return true
    default:
      return null
  }
}

const textOf = ({ format = '', pattern, minLength = 0 }: JsonSchema): string => {
  const known = FORMATS[format]
  if (known !== undefined) return known
  const regex = new RegExp(pattern ?? '')
  return (TEXTS.find((text) => regex.test(text)) ?? 'text').padEnd(minLength, '.')
}
