import { join } from 'node:path'
import { generateContracts } from './contracts.ts'
import { docFiles } from './docs.ts'
import { holdFresh } from './files.ts'

const root = join(import.meta.dirname, '../..')
const mode = process.argv.includes('--check') ? 'check' : 'write'

const stale = [
  ...(await generateContracts(root, mode, AbortSignal.timeout(300_000))),
  ...(await holdFresh(root, 'docs/reference', docFiles(), mode)),
]
for (const path of stale) console.log(mode === 'check' ? `${path} is not fresh: run npm run generate` : `wrote ${path}`)
process.exitCode = mode === 'check' && stale.length > 0 ? 1 : 0
