import { readdirSync, readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'

/**
 * Every file of the tree at `root` that `.gitignore` does not leave out, by its path from there; works without git.
 * Takes the plain patterns that ours has: a name anywhere, `*` in it meaning anything, or a path from the root.
 */
export const treeFiles = (root: string): readonly string[] => {
  const ignored = readFileSync(join(root, '.gitignore'), 'utf8')
    .split('\n')
    .map((line) => line.trim().replace(/\/$/, ''))
    .filter((line) => line !== '' && !line.startsWith('#'))
  const isIgnored = (path: string, name: string): boolean =>
    name === '.git' ||
    ignored.some((one) => (one.includes('/') ? path === one.replace(/^\//, '') : matchesGlob(name, one)))
  const below = (folder: string): readonly string[] =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (isIgnored(path, entry.name)) return []
      return entry.isDirectory() ? below(path) : entry.isFile() ? [path] : []
    })
  return below('')
}
