import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { SchemaFile } from '../schemas/schema-file.ts'
import { holds, isReadable } from './holds.ts'

const check = (rule: string, self: Parameters<typeof holds>[1]) => holds(rule, self, {}, [])

test.each([
  ['!(has(self.a) && has(self.b))', { a: 1, b: 2 }, false],
  ['!(has(self.a) && has(self.b))', { a: 1 }, true],
  ['self.size() > 0 && self[0] == "x"', ['x'], true],
  ["self.all(key, key.matches(r'''^[a-z]+$'''))", { ab: 1, c: 2 }, true],
  ['self.all(key, key.matches(r"""^[a-z]+$"""))', { A: 1 }, false],
  ['self.matches("^(?i)[a-z]+$")', 'ABC', true],
  ['self.exists_one(f, f.type == "b")', [{ type: 'a' }, { type: 'b' }], true],
  ['[has(self.a), has(self.b)].filter(x, x == true).size() == 1', { b: 1 }, true],
  ['(has(self.a) ? 1 : 0) + (has(self.b) ? 1 : 0) == 1', { a: 1, b: 1 }, false],
  ["!('esoNamespace' in self)", { other: 'x' }, true],
  ['self in [1, 2] || self > 10 - 2 * 3', 5, true],
  ["duration(self.b) > duration(self.a) || self.a == '0s'", { a: '1m30s', b: '2m' }, true],
  ['self.__namespace__ == "x"', { namespace: 'x' }, true],
])('%s of %j is %s', (rule, self, expected) => {
  expect(check(rule, self)).toBe(expected)
})

test('what a rule asks for and does not find makes it fail, unless the other side of || decides', () => {
  expect(check("self.provider == 'icu'", {})).toBe(false)
  expect(check("self.provider == 'icu' || !has(self.rules)", {})).toBe(true)
  expect(check("!has(self.rules) || self.provider == 'icu'", { rules: 'x' })).toBe(false)
})

test('a default of the schema counts as given', () => {
  const nodes = [{ type: 'string' as const, default: 'http' }]
  const node = { type: 'object' as const, properties: { scheme: 0 } }
  expect(holds("self.scheme == 'http'", {}, node, nodes)).toBe(true)
})

test('a rule that uses more of CEL than is read here is not judged', () => {
  expect(check('self.isSorted()', [1])).toBeUndefined()
  expect(check('optional.of(self) ??', 1)).toBeUndefined()
})

test('every rule of the definitions that are known here can be read', () => {
  const folder = join(import.meta.dirname, '../schemas/generated')
  const rules = readdirSync(folder)
    .filter((name) => name !== 'index.json')
    .flatMap((name) => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as SchemaFile).nodes)
    .flatMap(({ validations = [] }) => validations.map(({ rule }) => rule))
  expect(rules.length).toBeGreaterThan(60)
  expect(rules.filter((rule) => !isReadable(rule))).toEqual([])
})
