import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const repository = join(import.meta.dirname, '../..')

const textsOf = (pattern: string): readonly string[] =>
  globSync(pattern, { cwd: repository, exclude: (name) => name === 'node_modules' || name === 'lib' }).map((path) =>
    readFileSync(join(repository, path), 'utf8'),
  )

/** Numbers of invariants: at the beginning of a title of ours, in the name of a Solidity test. */
const used = new Set([
  ...textsOf('{domain,kit,services}/**/*.test.ts').flatMap((text) =>
    [...text.matchAll(/\btest\(\s*['"`]([A-Z]\d+(?:,? [A-Z]\d+)*): /g)].flatMap(([, numbers = '']) =>
      numbers.split(/,? /),
    ),
  ),
  ...textsOf('contracts/test/*.t.sol').flatMap((text) =>
    [...text.matchAll(/function (?:test|testFuzz|invariant)((?:_[A-Z]\d+)+)_/g)].flatMap(([, numbers = '']) =>
      numbers.split('_').filter((number) => number !== ''),
    ),
  ),
])

const defined = textsOf('{contracts,domain,kit,services}/**/README.md').flatMap((text) =>
  [...text.matchAll(/^\| ([A-Z]\d+) +\|/gm)].map(([, number]) => number),
)

test('every number of an invariant that a test carries is defined in a README, once, and every defined one has a test', () => {
  expect(used.size).toBeGreaterThan(50)
  expect(defined.toSorted()).toEqual([...used].toSorted())
})
