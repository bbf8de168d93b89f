import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { holdFresh } from './files.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'knowton-generate-'))
})
afterAll(() => rm(root, { recursive: true }))

test('checking names what is missing, stale or left over and writes nothing; writing mends it', async () => {
  const files = { 'out/a.md': 'a', 'out/b.md': 'b' }
  expect(await holdFresh(root, 'out', files, 'check')).toEqual(['out/a.md', 'out/b.md'])
  await holdFresh(root, 'out', files, 'write')
  expect(await holdFresh(root, 'out', files, 'check')).toEqual([])
  await writeFile(join(root, 'out/b.md'), 'edited by hand')
  await writeFile(join(root, 'out/old.md'), 'no longer generated')
  expect(await holdFresh(root, 'out', files, 'check')).toEqual(['out/b.md', 'out/old.md'])
  await holdFresh(root, 'out', files, 'write')
  expect(await readFile(join(root, 'out/b.md'), 'utf8')).toBe('b')
  expect(await holdFresh(root, 'out', files, 'check')).toEqual([])
})
