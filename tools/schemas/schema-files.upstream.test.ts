import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { schemaFiles } from './schema-files.ts'

const root = join(import.meta.dirname, '../..')

test('the committed schemas are those that the operators’ definitions make', () => {
  const folder = join(root, 'verify/schemas/generated')
  const committed = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')])
  const fresh = schemaFiles(join(inject('upstream'), 'crds'), join(root, 'node_modules'))
  expect(Object.keys(fresh).toSorted()).toEqual(committed.map(([name]) => name).toSorted())
  for (const [name = '', text] of committed) expect(fresh[name] === text, `${name} is not fresh`).toBe(true)
})
