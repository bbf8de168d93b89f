import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SchemaFile, SchemaIndex } from '@knowton/verify'
import { parse } from 'yaml'
import { coreKinds } from './core-kinds.ts'
import { type Crd, crdKinds } from './crd-kinds.ts'
import { createInterner } from './interner.ts'

/** Definitions too big for what they are worth here: the operator of another gateway. */
const leftOut = /^gateway-operator\.konghq\.com_/

/** One line for each shape, so that a change of one is a change of one line. */
const print = ({ source, kinds, nodes }: SchemaFile): string => {
  const lines = (items: readonly string[]) => items.join(',\n')
  const kindLines = Object.entries(kinds).map(([name, kind]) => `${JSON.stringify(name)}:${JSON.stringify(kind)}`)
  const nodeLines = nodes.map((node) => JSON.stringify(node))
  return `{"source":${JSON.stringify(source)},\n"kinds":{\n${lines(kindLines)}\n},\n"nodes":[\n${lines(nodeLines)}\n]}\n`
}

const coreFile = (modules: string): SchemaFile => {
  const intern = createInterner()
  const { kinds, metadata } = coreKinds(modules, intern)
  const { version } = JSON.parse(readFileSync(join(modules, 'kubernetes-models/package.json'), 'utf8'))
  return {
    source: `kubernetes-models ${version}`,
    kinds: { ...kinds, metadata: { root: metadata, namespaced: false } },
    nodes: intern.nodes(),
  }
}

const groupFile = (crds: readonly Crd[]): SchemaFile => {
  const intern = createInterner()
  const kinds = crds.map((crd) => crdKinds(crd, intern))
  return { source: 'CustomResourceDefinitions', kinds: Object.assign({}, ...kinds), nodes: intern.nodes() }
}

const groupOf = (name: string) => name.slice(0, name.indexOf('/'))

/** The schema files, by name, made from a folder of custom resource definitions and the installed `kubernetes-models`. */
export const schemaFiles = (crdFolder: string, modules: string): Readonly<Record<string, string>> => {
  const crds = readdirSync(crdFolder)
    .filter((name) => name.endsWith('.yaml') && !leftOut.test(name))
    .toSorted()
    .map((name) => parse(readFileSync(join(crdFolder, name), 'utf8')) as Crd)
  const core = coreFile(modules)
  const byGroup = Map.groupBy(crds, ({ spec }) => spec.group)
  const coreGroups = Object.keys(core.kinds)
    .filter((name) => name !== 'metadata')
    .map((name) => [groupOf(name), 'kubernetes'])
  const index: SchemaIndex = Object.fromEntries([...coreGroups, ...[...byGroup.keys()].map((group) => [group, group])])
  return {
    'index.json': `${JSON.stringify(index, null, 2)}\n`,
    'kubernetes.json': print(core),
    ...Object.fromEntries([...byGroup].map(([group, members]) => [`${group}.json`, print(groupFile(members))])),
  }
}
