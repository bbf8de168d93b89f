import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'

/**
 * Holds the files of `folder` to `files` (path from the root → text); without a folder only those files count. Writes
 * what differs and removes what is not generated any more; with `check` it writes nothing. Returns the paths that were not fresh.
 */
export const holdFresh = async (
  root: string,
  folder: string | undefined,
  files: Readonly<Record<string, string>>,
  mode: 'write' | 'check',
): Promise<readonly string[]> => {
  const present =
    folder === undefined
      ? []
      : await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => [])
  const surplus = present
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .filter((path) => !(path in files))
  const stale = await Promise.all(
    Object.entries(files).map(async ([path, text]) => {
      const found = await readFile(join(root, path), 'utf8').catch(() => undefined)
      return found === text ? [] : [path]
    }),
  ).then((lists) => lists.flat())
  if (mode === 'write') {
    for (const path of stale) {
      await mkdir(dirname(join(root, path)), { recursive: true })
      await writeFile(join(root, path), files[path] ?? '')
    }
    await Promise.all(surplus.map((path) => rm(join(root, path))))
  }
  return [...stale, ...surplus]
}
