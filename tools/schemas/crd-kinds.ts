import type { Json, JsonObject, SchemaKind, SchemaNode } from '@knowton/verify'
import type { Interner } from './interner.ts'

/** The parts of a CustomResourceDefinition that are read. */
export type Crd = {
  readonly spec: {
    readonly group: string
    readonly scope: 'Namespaced' | 'Cluster'
    readonly names: { readonly kind: string }
    readonly versions: readonly {
      readonly name: string
      readonly served: boolean
      readonly schema: { readonly openAPIV3Schema: JsonObject }
    }[]
  }
}

const bounds = [
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
]
const kept = [...bounds, 'pattern', 'format', 'default', 'enum']
/** Formats that the API server checks; the others are only said. */
const checkedFormats = ['date-time', 'duration', 'byte', 'ipv4', 'ipv6', 'int32', 'int64', 'uri']

const objectOf = (value: Json | undefined): JsonObject => (value ?? {}) as JsonObject

const typeOf = (schema: JsonObject): SchemaNode['type'] => {
  if (schema['x-kubernetes-int-or-string'] !== true) return schema.type as SchemaNode['type']
  return typeof schema.pattern === 'string' && schema.pattern.includes('numkMGTPE') ? 'quantity' : 'int-or-string'
}

/** `oneOf` whose every branch asks for one field. */
const choiceOf = (schema: JsonObject): readonly string[] => {
  const branches = (schema.oneOf ?? []) as readonly JsonObject[]
  return branches.flatMap(({ required }) =>
    Array.isArray(required) && required.length === 1 ? [String(required[0])] : [],
  )
}

/** Rules about the former state of an object say nothing about a file. */
const validationsOf = (schema: JsonObject): SchemaNode['validations'] => {
  const rules = (schema['x-kubernetes-validations'] ?? []) as readonly JsonObject[]
  return rules
    .filter(({ rule }) => !String(rule).includes('oldSelf'))
    .map(({ rule, message }) => ({ rule: String(rule).trim(), message: String(message ?? `failed rule: ${rule}`) }))
}

/** A field with a default is never missing. */
const requiredOf = (schema: JsonObject): readonly string[] => {
  const properties = objectOf(schema.properties)
  return ((schema.required ?? []) as readonly string[]).filter(
    (name) => objectOf(properties[name]).default === undefined,
  )
}

const isFilled = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0)

const nodeOf = (schema: JsonObject, intern: Interner): number => {
  const type = typeOf(schema)
  const values = schema.additionalProperties
  const properties = Object.entries(objectOf(schema.properties)).map(([name, child]) => [
    name,
    nodeOf(objectOf(child), intern),
  ])
  const choice = choiceOf(schema)
  const fields = {
    type,
    properties: schema.properties === undefined ? undefined : Object.fromEntries(properties),
    values: values !== null && typeof values === 'object' ? nodeOf(objectOf(values as Json), intern) : undefined,
    items: schema.items === undefined ? undefined : nodeOf(objectOf(schema.items), intern),
    required: requiredOf(schema),
    ...Object.fromEntries(kept.map((key) => [key, schema[key]])),
    nullable: schema.nullable === true ? true : undefined,
    open: schema['x-kubernetes-preserve-unknown-fields'] === true || values === true ? true : undefined,
    keys: schema['x-kubernetes-list-type'] === 'map' ? schema['x-kubernetes-list-map-keys'] : undefined,
    oneOf: choice.length > 1 ? choice : [],
    validations: validationsOf(schema),
  }
  const isKept = ([key, value]: [string, unknown]) =>
    isFilled(value) &&
    !(key === 'format' && !checkedFormats.includes(String(value))) &&
    !(type === 'quantity' && key === 'pattern')
  return intern.add(Object.fromEntries(Object.entries(fields).filter(isKept)) as SchemaNode)
}

/** The served kinds of a definition; `status` is the operator's and may hold anything. */
export const crdKinds = ({ spec }: Crd, intern: Interner): Readonly<Record<string, SchemaKind>> =>
  Object.fromEntries(
    spec.versions
      .filter(({ served }) => served)
      .map(({ name, schema }) => {
        const { apiVersion, kind, metadata, status, ...properties } = objectOf(schema.openAPIV3Schema.properties)
        const required = ((schema.openAPIV3Schema.required ?? []) as readonly string[]).filter(
          (field) => field in properties,
        )
        const content = { ...schema.openAPIV3Schema, properties: { ...properties, status: {} }, required }
        const root = nodeOf(content, intern)
        const namespaced = spec.scope === 'Namespaced'
        return [`${spec.group}/${name}/${spec.names.kind}`, { root, namespaced }]
      }),
  )
