import { expect, test } from 'vitest'
import { importsOf, layerFaults } from './layer-faults.ts'

const faultsOf = (path: string, text: string) => layerFaults([{ path, text }])

test('finds every way a module can be imported', () => {
  const text = [
    "import { a } from 'one'",
    "import type {\n  b,\n  c,\n} from 'two'",
    "export { d } from './three.ts'",
    "import 'four'",
    "const five = await import('five')",
    "export const from = 'six'",
  ].join('\n')
  expect(importsOf(text)).toEqual(['one', 'two', './three.ts', 'four', 'five'])
})

test('a service may use the layers below it', () => {
  const text =
    "import { ok } from '@knowton/core'\nimport { run } from '@knowton/kit'\nimport { x } from '@knowton/domain/market'"
  expect(faultsOf('services/marketplace-service/main.ts', text)).toEqual([])
})

test('what is derived is judged by the verifier in tests alone', () => {
  const text = "import { verify } from '@knowton/verify'"
  expect(faultsOf('derive/testing/a.ts', text)).toEqual([])
  expect(faultsOf('derive/a.ts', text)).toEqual(['derive/a.ts: "derive" may not import "verify"'])
})

test.each([
  ['core/a.ts', "import { errors } from '@knowton/system'", '"core" may not import "system"'],
  ['kit/a.ts', "import { p } from '@knowton/system'", '"kit" may not import "system"'],
  [
    'services/a/b.ts',
    "import { x } from '@knowton/creator-service'",
    '"services" may not import "services/creator-service"',
  ],
  ['services/a/b.ts', "import { x } from '../c/d.ts'", 'reaches into "services/c" by a relative path'],
  ['domain/market/a.ts', "import { x } from '../../core/index.ts'", 'reaches into "core" by a relative path'],
  ['kit/a.ts', "import { Pool } from 'pg'", '"pg" lives only in'],
  ['services/a/b.ts', "import fastify from 'fastify'", '"fastify" lives only in kit/serve/'],
  ['services/a/b.ts', 'const url = process.env.URL', 'reads process.env'],
  ['helpers/a.ts', '', 'folder "helpers" has no row'],
])('%s with %j is refused', (path, text, sentence) => {
  expect(faultsOf(path, text).join('\n')).toContain(sentence)
})

test('names a ring of files from end to end', () => {
  const ring = layerFaults([
    { path: 'core/a.ts', text: "import { b } from './b.ts'" },
    { path: 'core/b.ts', text: "import type { c } from './c/c.ts'" },
    { path: 'core/c/c.ts', text: "export { a } from '../a.ts'" },
  ])
  expect(ring).toEqual(['core/a.ts → core/b.ts → core/c/c.ts → core/a.ts: files import each other in a ring'])
})
