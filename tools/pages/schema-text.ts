import type { JsonSchema } from '@knowton/derive'

/** A schema as people write it down: field names with their types, limits and meaning in words. */
export const schemaText = (schema: JsonSchema, indent = ''): string => {
  const variants = schema.anyOf ?? schema.oneOf
  if (variants !== undefined) return variantsText(variants, indent)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.type === 'array') return `[${schemaText(schema.items ?? {}, indent)}]${countText(schema)}`
  if (schema.type === 'object') return objectText(schema, indent)
  return `${schema.type ?? 'any'}${limitText(schema)}`
}

const variantsText = (variants: readonly JsonSchema[], indent: string): string =>
  [...new Set(variants.map((variant) => schemaText(variant, indent)))].join(' | ')

const objectText = ({ properties = {}, required = [] }: JsonSchema, indent: string): string => {
  const deeper = `${indent}  `
  const fields = Object.entries(properties).map(([name, field]) => {
    const mark = required.includes(name) ? '' : '?'
    const comment = [field.description, defaultText(field)].filter((text) => text !== undefined).join('; ')
    return `${deeper}${name}${mark}: ${schemaText(field, deeper)}${comment === '' ? '' : `  // ${comment}`}`
  })
  return fields.length === 0 ? '{}' : `{\n${fields.join('\n')}\n${indent}}`
}

const defaultText = ({ default: value }: JsonSchema): string | undefined =>
  value === undefined ? undefined : `default ${JSON.stringify(value)}`

const limitText = ({ format, minimum, maximum, minLength, maxLength }: JsonSchema): string => {
  const limits = [format, rangeText(minimum, maximum, ''), rangeText(minLength, maxLength, ' characters')].filter(
    (text) => text !== undefined,
  )
  return limits.length === 0 ? '' : ` (${limits.join(', ')})`
}

const countText = ({ minItems, maxItems }: JsonSchema): string => {
  const range = rangeText(minItems, maxItems, ' items')
  return range === undefined ? '' : ` (${range})`
}

const rangeText = (least: number | undefined, most: number | undefined, unit: string): string | undefined => {
  if (least === undefined && most === undefined) return undefined
  if (most === undefined) return `at least ${least}${unit}`
  if (least === undefined) return `at most ${most}${unit}`
  return `${least} … ${most}${unit}`
}
