import { join } from 'node:path'
import { docs } from '@knowton/derive'
import { platform } from '@knowton/system'
import { generateContracts } from './contracts.ts'
import { holdFresh } from './files.ts'

const root = join(import.meta.dirname, '../..')
const mode = process.argv.includes('--check') ? 'check' : 'write'

/** By path from the root. */
const referencePages = Object.fromEntries(
  Object.entries(docs(platform)).map(([name, text]) => [`docs/reference/${name}`, text]),
)

const stale = [
  ...(await generateContracts(root, mode, AbortSignal.timeout(300_000))),
  ...(await holdFresh(root, 'docs/reference', referencePages, mode)),
]
for (const path of stale) console.log(mode === 'check' ? `${path} is not fresh: run npm run generate` : `wrote ${path}`)
process.exitCode = mode === 'check' && stale.length > 0 ? 1 : 0
