/** The part of an OpenAPI v3 schema that CustomResourceDefinitions use; rules written in CEL are not among it. */
export type CrdSchema = {
  readonly type?: string
  readonly properties?: Readonly<Record<string, CrdSchema>>
  readonly additionalProperties?: CrdSchema | boolean
  readonly items?: CrdSchema
  readonly required?: readonly string[]
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly maxProperties?: number
  readonly nullable?: boolean
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean
  readonly 'x-kubernetes-int-or-string'?: boolean
}

/** What the API server would refuse or drop in a value, as `path: what is wrong`; unknown fields are wrong. */
export const schemaFaults = (schema: CrdSchema, value: unknown, path = ''): readonly string[] => {
  if (value === null || value === undefined) return schema.nullable ? [] : [`${path}: has no value`]
  return [...valueFaults(schema, value, path), ...insideFaults(schema, value, path)]
}

const valueFaults = (schema: CrdSchema, value: unknown, path: string): readonly string[] => [
  ...(hasType(schema, value) ? [] : [`${path}: is a ${kindOf(value)}, not a ${schema.type ?? 'number or string'}`]),
  ...(schema.enum === undefined || schema.enum.includes(value)
    ? []
    : [`${path}: ${value} is not one of ${schema.enum}`]),
  ...(typeof value === 'string' ? textFaults(schema, value, path) : []),
  ...(typeof value === 'number' ? boundFaults(value, schema.minimum, schema.maximum, path) : []),
  ...(Array.isArray(value) ? boundFaults(value.length, schema.minItems, schema.maxItems, path) : []),
]

const textFaults = (schema: CrdSchema, value: string, path: string): readonly string[] => [
  ...(schema.pattern === undefined || new RegExp(schema.pattern).test(value)
    ? []
    : [`${path}: "${value}" does not match ${schema.pattern}`]),
  ...boundFaults(value.length, schema.minLength, schema.maxLength, path),
]

const boundFaults = (
  size: number,
  least: number | undefined,
  most: number | undefined,
  path: string,
): readonly string[] =>
  (least !== undefined && size < least) || (most !== undefined && size > most)
    ? [`${path}: ${size} is not within ${least ?? ''}..${most ?? ''}`]
    : []

const insideFaults = (schema: CrdSchema, value: unknown, path: string): readonly string[] => {
  if (Array.isArray(value)) {
    const { items } = schema
    return items === undefined ? [] : value.flatMap((item, at) => schemaFaults(items, item, `${path}[${at}]`))
  }
  return isRecord(value) ? fieldFaults(schema, value, path) : []
}

const fieldFaults = (schema: CrdSchema, value: Readonly<Record<string, unknown>>, path: string): readonly string[] => [
  ...(schema.required ?? []).filter((key) => value[key] === undefined).map((key) => `${path}.${key}: is missing`),
  ...Object.entries(value)
    .filter(([, inside]) => inside !== undefined)
    .flatMap(([key, inside]) => {
      const field = fieldSchema(schema, key)
      if (field === 'anything') return []
      return field === undefined ? [`${path}.${key}: is unknown`] : schemaFaults(field, inside, `${path}.${key}`)
    }),
]

const fieldSchema = (schema: CrdSchema, key: string): CrdSchema | 'anything' | undefined => {
  const declared = schema.properties?.[key]
  if (declared !== undefined) return declared
  if (typeof schema.additionalProperties === 'object') return schema.additionalProperties
  const open = schema['x-kubernetes-preserve-unknown-fields'] === true || schema.additionalProperties === true
  // a bare `type: object` with nothing declared inside drops whatever is given
  return open ? 'anything' : undefined
}

const hasType = (schema: CrdSchema, value: unknown): boolean => {
  if (schema['x-kubernetes-int-or-string']) return typeof value === 'string' || Number.isInteger(value)
  switch (schema.type) {
    case undefined:
      return true
    case 'integer':
      return Number.isInteger(value)
    default:
      return kindOf(value) === schema.type
  }
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
