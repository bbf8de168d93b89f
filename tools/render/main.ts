import { join } from 'node:path'
import { holdFresh } from '../generate/files.ts'
import { renderedFiles, renderedFolders } from './files.ts'

const root = join(import.meta.dirname, '../..')
const mode = process.argv.includes('--check') ? 'check' : 'write'
const files = renderedFiles()
const folderOf = (path: string): string | undefined => renderedFolders.find((folder) => path.startsWith(`${folder}/`))
const stale: string[] = []
for (const folder of [...renderedFolders, undefined]) {
  const own = Object.fromEntries(Object.entries(files).filter(([path]) => folderOf(path) === folder))
  stale.push(...(await holdFresh(root, folder, own, mode)))
}
for (const path of stale) console.log(mode === 'check' ? `${path} is not fresh: run npm run render` : `wrote ${path}`)
if (mode === 'write') console.log(`${Object.keys(files).length} files, ${stale.length} changed`)
process.exitCode = mode === 'check' && stale.length > 0 ? 1 : 0
