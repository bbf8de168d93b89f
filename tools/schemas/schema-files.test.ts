import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { schemaFiles } from './schema-files.ts'

const root = join(import.meta.dirname, '../..')
const definitions = join(root, '../shared/crds')
const isThere = existsSync(definitions)
if (!isThere) console.log(`skipped: the schemas are not made again, the definitions are not at ${definitions}`)

test.skipIf(!isThere)(
  'the committed schemas are those that the definitions and types make',
  { timeout: 60_000 },
  () => {
    const folder = join(root, 'verify/schemas/generated')
    const committed = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')])
    const fresh = schemaFiles(definitions, join(root, 'node_modules'))
    expect(Object.keys(fresh).toSorted()).toEqual(committed.map(([name]) => name).toSorted())
    for (const [name = '', text] of committed) expect(fresh[name] === text, `${name} is not fresh`).toBe(true)
  },
)
