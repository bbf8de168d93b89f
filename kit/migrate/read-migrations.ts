import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'

/** One `.sql` file, to be run once. */
export type Migration = { readonly name: string; readonly text: string; readonly checksum: string }

/** The `NNN-name.sql` files of `folder` in order of their names; none when there is no such folder. */
export const readMigrations = async (folder: URL): Promise<readonly Migration[]> => {
  const base = folder.href.endsWith('/') ? folder : new URL(`${folder.href}/`)
  const names = (await listFiles(base)).filter((name) => name.endsWith('.sql')).toSorted()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, base), 'utf8')
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

const listFiles = async (folder: URL): Promise<readonly string[]> => {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
