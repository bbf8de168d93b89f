import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { parseAnyYaml } from './parse-any-yaml.ts'
import { parsePlainYaml } from './parse-plain-yaml.ts'

const plain = (text: string) => parsePlainYaml(text, 1)?.value
const any = (text: string) => parseAnyYaml({ text, line: 1 })

const word = fc.oneof(
  fc.stringMatching(/^[a-zA-Z0-9./_-]{1,8}$/),
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    'yes',
    '0644',
    'a: b',
    'a #b',
    '- a',
    'a\nb\n',
    'a\n\n  b',
    "it's",
    '"q"',
    '#',
    '',
    ' ',
    'null',
    '1e3',
    '~',
  ),
)
const value = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: 'small' }, word, fc.integer(), fc.boolean(), fc.constant(null), tie('list'), tie('map')),
  list: fc.array(tie('any'), { maxLength: 4 }),
  map: fc.dictionary(word, tie('any'), { maxKeys: 4 }),
})).any

const options = fc.record({
  indentSeq: fc.boolean(),
  collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const),
  lineWidth: fc.constantFrom(0, 30),
  indent: fc.constantFrom(2, 4),
  defaultStringType: fc.constantFrom(
    'PLAIN' as const,
    'QUOTE_DOUBLE' as const,
    'QUOTE_SINGLE' as const,
    'BLOCK_LITERAL' as const,
  ),
})

test('whatever it reads at all, it reads as the reader of any YAML does', () => {
  fc.assert(
    fc.property(value, options, (written, style) => {
      const text = stringify(written, style)
      const read = parsePlainYaml(text, 1)
      if (read !== undefined) expect({ text, value: read.value }).toEqual({ text, value: any(text).value })
    }),
    { numRuns: 400 },
  )
})

test('text that is damaged anywhere is read alike or left to the reader that can say what is wrong', () => {
  const text = 'a:\n  - b: "c"\n    d: [e, {f: g}]\n  - |\n    h\n    i\nj: k # l\n'
  const damage = fc.tuple(
    fc.nat(text.length),
    fc.nat(3),
    fc.constantFrom('', ' ', '\n', ':', '- ', '"', '#', '{', '  ', '\t', '&a '),
  )
  fc.assert(
    fc.property(damage, ([at, removed, added]) => {
      const damaged = text.slice(0, at) + added + text.slice(at + removed)
      const read = parsePlainYaml(damaged, 1)
      if (read === undefined) return
      const { value: expected, faults } = any(damaged)
      expect({ damaged, value: read.value, faults }).toEqual({ damaged, value: expected, faults: [] })
    }),
    { numRuns: 600 },
  )
})

test('it does read what manifests are made of', () => {
  const text = `# a comment
apiVersion: v1
kind: ConfigMap
metadata: {name: a, labels: {app.kubernetes.io/name: b}}
data:
  empty:
  quoted: "a\\tb" # another
  config: |
    first

      second
  list:
  - a: 1
    b:
      - - x
  - 'it''s'
`
  expect(plain(text)).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', labels: { 'app.kubernetes.io/name': 'b' } },
    data: {
      empty: null,
      quoted: 'a\tb',
      config: 'first\n\n  second\n',
      list: [{ a: 1, b: [['x']] }, "it's"],
    },
  })
})

test.each([
  'a: &b c',
  'a: *b',
  'a: !!str 1',
  'a: >\n  b',
  'a: b\n  c',
  '? a\n: b',
  'a: [b,\n  c]',
  'a: 1\na: 2',
  '<<: {}',
  'a',
])('it leaves %j to the other reader', (text) => {
  expect(parsePlainYaml(text, 1)).toBeUndefined()
})
