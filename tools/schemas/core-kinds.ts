import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { SchemaKind, SchemaNode } from '@knowton/verify'
import { clusterKinds, coreBounds, coreEnums, listKeys } from './core-facts.ts'
import { createDeclarations, type Declaration } from './declared-types.ts'
import type { Interner } from './interner.ts'

type Reader = { readonly intern: Interner; readonly declarationAt: (file: string) => Declaration }

/** Types whose shape is another's business: free JSON, or a schema language of its own. */
const openTypes: readonly string[] = ['JSONSchemaProps', 'FieldsV1', 'RawExtension']
const aliases: Readonly<Record<string, SchemaNode>> = {
  Quantity: { type: 'quantity' },
  IntOrString: { type: 'int-or-string' },
  Time: { type: 'string', format: 'date-time' },
  MicroTime: { type: 'string', format: 'date-time' },
}

const literals = (type: string): readonly string[] | undefined => {
  const parts = type.split(' | ')
  return parts.every((part) => /^"[^"]*"$/.test(part)) ? parts.map((part) => part.slice(1, -1)) : undefined
}

const nodeOfDeclaration = (declaration: Declaration, reader: Reader): SchemaNode => {
  const alias = aliases[declaration.name]
  if (alias !== undefined) return alias
  if (declaration.fields === undefined || declaration.fields.length === 0 || openTypes.includes(declaration.name))
    return { ...(declaration.fields === undefined ? {} : { type: 'object' as const }), open: true }
  const properties = declaration.fields.map(({ name, type }) => [name, fieldNode(declaration, name, type, reader)])
  const required = declaration.fields.filter(({ isOptional }) => !isOptional).map(({ name }) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 ? { required } : {}),
  }
}

const nodeOfType = (type: string, declaration: Declaration, reader: Reader): SchemaNode => {
  const choice = literals(type)
  if (choice !== undefined) return { type: 'string', enum: choice }
  if (type === 'string' || type === 'boolean') return { type }
  if (type === 'number') return { type: 'integer' }
  const list = /^Array<(.+)>$/.exec(type)?.[1]
  if (list !== undefined) return { type: 'array', items: reader.intern.add(nodeOfType(list, declaration, reader)) }
  const values = /^\{ \[key: string\]: (.+); \}$/.exec(type)?.[1]
  if (values !== undefined)
    return { type: 'object', values: reader.intern.add(nodeOfType(values, declaration, reader)) }
  const file = declaration.imports[type]
  if (file === undefined) return { open: true }
  return nodeOfDeclaration(reader.declarationAt(file), reader)
}

const fieldNode = (declaration: Declaration, name: string, type: string, reader: Reader): number => {
  const place = `${declaration.name === 'EphemeralContainer' ? 'Container' : declaration.name}.${name}`
  const node = nodeOfType(type, declaration, reader)
  const choice = coreEnums[place]
  const keys = listKeys[place]
  const limits = { ...coreBounds[place], ...(keys === undefined ? {} : { keys }) }
  if (choice === undefined) return reader.intern.add({ ...node, ...limits })
  if (node.type !== 'array') return reader.intern.add({ ...node, ...limits, enum: choice })
  return reader.intern.add({ ...node, ...limits, items: reader.intern.add({ type: 'string', enum: choice }) })
}

/** The types call `spec` optional everywhere; without it nothing that it requires is there. */
const hasRequired = (declaration: Declaration, type: string, reader: Reader): boolean => {
  const file = declaration.imports[type]
  return (
    file !== undefined &&
    type.endsWith('Spec') &&
    (nodeOfDeclaration(reader.declarationAt(file), reader).required ?? []).length > 0
  )
}

const rootOf = (declaration: Declaration, reader: Reader): number => {
  const own = (declaration.fields ?? []).filter(
    ({ name }) => !['apiVersion', 'kind', 'metadata', 'status'].includes(name),
  )
  const properties = own.map(({ name, type }) => [name, fieldNode(declaration, name, type, reader)])
  const required = own
    .filter((field) => !field.isOptional || hasRequired(declaration, field.type, reader))
    .map(({ name }) => name)
  const status = reader.intern.add({})
  return reader.intern.add({
    type: 'object',
    properties: { ...Object.fromEntries(properties), status },
    ...(required.length > 0 ? { required } : {}),
  })
}

const isKind = ({ fields }: Declaration): boolean =>
  fields?.some(({ name }) => name === 'apiVersion') === true && fields.some(({ name }) => name === 'kind')

/** Every kind that Kubernetes itself serves in a stable version, and the shape of `metadata`, from its types in `modules`. */
export const coreKinds = (
  modules: string,
  intern: Interner,
): { readonly kinds: Readonly<Record<string, SchemaKind>>; readonly metadata: number } => {
  const declarationAt = createDeclarations(modules)
  const reader = { intern, declarationAt }
  const models = join(modules, 'kubernetes-models')
  const groups = readdirSync(models, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
    .flatMap(({ name }) =>
      name === 'v1'
        ? [['', 'v1', 'v1']]
        : readdirSync(join(models, name))
            .filter((version) => /^v\d+$/.test(version))
            .map((version) => [name, version, `${name}/${version}`]),
    )
  const kinds = groups.flatMap(([group = '', version = '', folder = '']) =>
    readdirSync(join(models, folder))
      .filter((file) => file.endsWith('.d.ts') && file !== 'index.d.ts' && !file.endsWith('List.d.ts'))
      .map((file) => declarationAt(join(models, folder, file)))
      .filter(isKind)
      .map((declaration): [string, SchemaKind] => [
        `${group}/${version}/${declaration.name}`,
        { root: rootOf(declaration, reader), namespaced: !clusterKinds.has(declaration.name) },
      ]),
  )
  const metadata = nodeOfDeclaration(
    declarationAt(join(modules, '@kubernetes-models/apimachinery/apis/meta/v1/ObjectMeta.d.ts')),
    reader,
  )
  return { kinds: Object.fromEntries(kinds), metadata: intern.add(metadata) }
}
