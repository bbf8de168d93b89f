import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ObjectRef } from '../types.ts'
import type { SchemaFile, SchemaIndex, SchemaKind, SchemaNode } from './schema-file.ts'

/** The shape of one kind with the shapes it points to. */
export type KindSchema = {
  readonly version: string
  readonly namespaced: boolean
  readonly root: SchemaNode
  readonly nodes: readonly SchemaNode[]
}

const folder = join(import.meta.dirname, 'generated')

const parseFile = <Content>(name: string): Content => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Content

const index: SchemaIndex = parseFile('index.json')
const files = new Map<string, SchemaFile>()

/** Reads a group's file when the first object of the group is judged. */
const fileOf = (group: string): SchemaFile | undefined => {
  const name = Object.hasOwn(index, group) ? index[group] : undefined
  if (name === undefined) return undefined
  const file = files.get(name) ?? parseFile<SchemaFile>(`${name}.json`)
  files.set(name, file)
  return file
}

const schemaOf = (file: SchemaFile, kind: SchemaKind, version: string): KindSchema => ({
  version,
  namespaced: kind.namespaced,
  root: file.nodes[kind.root] ?? {},
  nodes: file.nodes,
})

const prefixOf = (group: string) => `${group}/`

/** The versions of a kind that are served, with their shapes; empty for kinds without a schema here. */
export const servedVersions = ({ group, kind }: Pick<ObjectRef, 'group' | 'kind'>): readonly KindSchema[] => {
  const file = fileOf(group)
  if (file === undefined) return []
  return Object.entries(file.kinds).flatMap(([name, found]) => {
    if (!name.startsWith(prefixOf(group)) || !name.endsWith(`/${kind}`)) return []
    return [schemaOf(file, found, name.slice(prefixOf(group).length, -kind.length - 1))]
  })
}

/** Whether kinds of this group are known here at all. */
export const isKnownGroup = (group: string): boolean => Object.hasOwn(index, group)

/** Every kind of a group that is served, by name. */
export const kindsOf = (group: string): readonly string[] => {
  const names = Object.keys(fileOf(group)?.kinds ?? {}).filter((name) => name.startsWith(prefixOf(group)))
  return [...new Set(names.map((name) => name.slice(name.lastIndexOf('/') + 1)))]
}

const known = new Map<string, readonly KindSchema[]>()

/**
 * The shape to judge an object by: that of its version or, when that is not served, of one that is.
 * Undefined when nothing is known of the kind.
 */
export const schemaFor = (ref: Pick<ObjectRef, 'group' | 'version' | 'kind'>): KindSchema | undefined => {
  const key = `${ref.group}/${ref.kind}`
  const served = known.get(key) ?? servedVersions(ref)
  known.set(key, served)
  return served.find(({ version }) => version === ref.version) ?? served[0]
}

/** The shape of `metadata`, the same for every kind. */
export const metadataSchema = (): KindSchema => {
  const file = fileOf('')
  const kind = file?.kinds.metadata
  if (file === undefined || kind === undefined) throw new Error('the schemas of Kubernetes itself are not there')
  return schemaOf(file, kind, 'v1')
}
