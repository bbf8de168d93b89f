import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { JsonObject } from '../types.ts'
import { isObject, textsOf } from '../values.ts'
import { loadKustomization } from './kustomize/build.ts'
import { isRemote, kustomizationFile } from './kustomize/kustomization.ts'
import { loadMarkdown, loadText } from './load-text.ts'
import { joinLoadings, type Loading } from './loading.ts'
import { parseDocument } from './parse-document.ts'

/** A path that is not there, or a set in which there is nothing to judge. */
export class NothingToJudge extends Error {}

/** What is to be judged together, as one cluster would get it. */
export type FileSet = { readonly name: string; readonly loading: Loading }

const isHidden = (name: string) => (name.startsWith('.') && name !== '.github') || name === 'node_modules'

const isReadable = (name: string) => /\.(?:ya?ml|json)$/.test(name)

/** Folders below `folder`, itself included. */
const foldersIn = (folder: string): readonly string[] => [
  folder,
  ...readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !isHidden(entry.name))
    .map(({ name }) => join(folder, name))
    .toSorted()
    .flatMap(foldersIn),
]

const contentOf = (file: string): JsonObject => {
  const { value } = parseDocument({ text: readFileSync(file, 'utf8'), line: 1 })
  return isObject(value) ? value : {}
}

const includedBy = (folder: string, content: JsonObject): readonly string[] =>
  [...textsOf(content.resources), ...textsOf(content.bases), ...textsOf(content.components)]
    .filter((entry) => !isRemote(entry))
    .map((entry) => resolve(folder, entry))

const loadFile = (file: string, name: string): Loading => {
  const text = readFileSync(file, 'utf8')
  return file.endsWith('.md') ? loadMarkdown(text, name) : loadText(text, name)
}

const looseFiles = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && isReadable(entry.name))
    .map(({ name }) => join(folder, name))
    .toSorted()

/** Kustomizations that no other one includes are a set each; files of no kustomization are one more. */
const setsInFolder = (folder: string, naming: (path: string) => string): readonly FileSet[] => {
  const own = kustomizationFile(folder)
  if (own !== undefined) return [{ name: naming(folder), loading: loadKustomization(folder, naming) }]
  const folders = foldersIn(folder)
  const roots = folders.flatMap((path) => {
    const file = kustomizationFile(path)
    return file === undefined ? [] : [{ path, content: contentOf(file) }]
  })
  const included = new Set(roots.flatMap(({ path, content }) => includedBy(path, content)))
  const tops = roots.filter(({ path, content }) => !included.has(path) && content.kind !== 'Component')
  const isKustomized = (path: string) =>
    included.has(path) || roots.some((root) => path === root.path || path.startsWith(`${root.path}/`))
  const loose = folders
    .filter((path) => !isKustomized(path))
    .flatMap(looseFiles)
    .filter((file) => !included.has(file))
  const sets = tops.map(({ path }) => ({ name: naming(path), loading: loadKustomization(path, naming) }))
  if (loose.length === 0) return sets
  return [{ name: naming(folder), loading: joinLoadings(loose.map((file) => loadFile(file, naming(file)))) }, ...sets]
}

const ofPath = (path: string, naming: (path: string) => string): readonly FileSet[] => {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw new NothingToJudge(`${naming(path)} is not there.`)
  if (found.isDirectory()) return setsInFolder(path, naming)
  if (kustomizationFile(dirname(path)) === path) return setsInFolder(dirname(path), naming)
  return [{ name: naming(path), loading: loadFile(path, naming(path)) }]
}

/**
 * Reads what is to be judged: files and loose folders make one set together, each kustomization one of its own.
 * Names are relative to `from`. Throws `NothingToJudge` for paths that are not there and sets that are empty.
 */
export const loadFiles = (
  paths: readonly string[],
  { from, stdin }: { readonly from: string; readonly stdin: () => string },
): readonly FileSet[] => {
  const naming = (path: string) => relative(from, path) || '.'
  const sets = paths.flatMap((path) =>
    path === '-' ? [{ name: 'stdin', loading: loadText(stdin(), 'stdin') }] : ofPath(resolve(from, path), naming),
  )
  const isKustomized = ({ name }: FileSet) => name !== 'stdin' && kustomizationFile(resolve(from, name)) !== undefined
  const plain = sets.filter((set) => !isKustomized(set))
  const together: readonly FileSet[] =
    plain.length < 2
      ? plain
      : [{ name: plain.map(({ name }) => name).join(', '), loading: joinLoadings(plain.map(({ loading }) => loading)) }]
  const all = [...together, ...sets.filter(isKustomized)]
  const isEmpty = all.every(
    ({ loading }) =>
      loading.objects.length === 0 &&
      loading.workflows.length === 0 &&
      loading.findings.every(({ severity }) => severity !== 'error'),
  )
  if (isEmpty)
    throw new NothingToJudge(`There is nothing to judge in ${paths.join(', ')}: no Kubernetes object and no workflow.`)
  return all
}
