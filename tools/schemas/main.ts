import { join, resolve } from 'node:path'
import { holdFresh } from '../generate/files.ts'
import { schemaFiles } from './schema-files.ts'

const root = join(import.meta.dirname, '../..')
const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error('Name the folder of the custom resource definitions: node tools/schemas/main.ts <folder>')
  process.exitCode = 2
} else {
  const files = schemaFiles(resolve(folder), join(root, 'node_modules'))
  const paths = Object.entries(files).map(([name, text]) => [`verify/schemas/generated/${name}`, text])
  const stale = await holdFresh(root, 'verify/schemas/generated', Object.fromEntries(paths), 'write')
  for (const path of stale) console.log(`wrote ${path}`)
}
