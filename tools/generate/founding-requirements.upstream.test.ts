import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { extractRequirements } from './founding-requirements.ts'

test('what is kept of the founding document is everything that it requires', () => {
  const kept = readFileSync(join(import.meta.dirname, '../../infra/founding-document/requirements.json'), 'utf8')
  const document = readFileSync(join(inject('upstream'), 'spec/infrastructure.zh.md'), 'utf8')
  expect(kept).toBe(extractRequirements(document))
})
