import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { judgeExample } from './example.ts'
import { ruleFamilies } from './index.ts'

describe.each(ruleFamilies)('the examples of $name', ({ name, rules }) => {
  const folder = join(import.meta.dirname, name, 'examples')

  test('are one for each rule', () => {
    expect(readdirSync(folder).toSorted()).toEqual(rules.map(({ id }) => `${id}.yaml`).toSorted())
  })

  test.each(rules)('$id finds its own', (rule) => {
    const file = join(folder, `${rule.id}.yaml`)
    const [first] = judgeExample(rule, readFileSync(file, 'utf8'), file)
    expect(first).toMatchObject({ rule: rule.id })
  })
})
