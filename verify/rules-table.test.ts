import { expect, test } from 'vitest'
import { rulesTable } from './rules-table.ts'

test.each(rulesTable())('$id says in one sentence what holds when it finds nothing', ({ about }) => {
  expect(about).toMatch(/^(Every|Each|No|Only) .*[^.]\.$/)
  expect(about).not.toMatch(/[.;] /)
})

test('every id is in kebab case and names one rule', () => {
  const ids = rulesTable().map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/)
})
