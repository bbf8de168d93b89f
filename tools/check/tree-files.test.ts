import { join } from 'node:path'
import { expect, test } from 'vitest'
import { treeFiles } from './tree-files.ts'

test('names what is kept by hand and nothing that is installed or built', () => {
  const files = treeFiles(join(import.meta.dirname, '../..'))
  expect(files).toEqual(expect.arrayContaining(['package.json', 'tools/check/tree-files.ts', 'contracts/foundry.toml']))
  expect(files.filter((path) => /(^|\/)(node_modules|\.git|\.knowton)\/|^contracts\/(out|cache)\//.test(path))).toEqual(
    [],
  )
})
