import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** Everything that the modules of `system/chain` follow from: sources, compiler and its settings, and what writes them. */
const INPUTS = ['contracts/src', 'contracts/foundry.toml', 'contracts/package.json', 'tools/generate'] as const

/** Hashes of what was compiled and of what came of it; as long as both hold, compiling again would change nothing. */
export type ChainRecord = { readonly inputs: string; readonly modules: string }

/** The record of the tree at `root` as it is now; `modules` are the texts in `folder` by path, the record left out. */
export const chainRecord = async (root: string, folder: string, record: string): Promise<ChainRecord> => ({
  inputs: await hashOf(root, (await Promise.all(INPUTS.map((path) => filesIn(join(root, path))))).flat()),
  modules: await hashOf(
    root,
    (await filesIn(join(root, folder))).filter((path) => relative(root, path) !== record),
  ),
})

const filesIn = async (path: string): Promise<readonly string[]> => {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined)
  if (entries === undefined) return [path]
  return entries
    .filter((entry) => entry.isFile() && !/\.test(-d)?\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

const hashOf = async (root: string, paths: readonly string[]): Promise<string> => {
  const hash = createHash('sha256')
  for (const path of paths.toSorted()) hash.update(`${relative(root, path)}\n`).update(await readFile(path))
  return hash.digest('hex')
}
