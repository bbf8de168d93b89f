import { expect, test } from 'vitest'
import { parseOptions } from './options.ts'

test('production is planned unless another environment is named', () => {
  expect(parseOptions([])).toMatchObject({ environment: 'production', format: 'text', wants: 'plan' })
  expect(parseOptions(['staging', '--format', 'json', '--prices', 'p.yaml'])).toMatchObject({
    environment: 'staging',
    format: 'json',
    prices: 'p.yaml',
  })
})

test.each([
  ['--format', 'xml'],
  ['--nodes', '3'],
  ['staging', 'production'],
])('refuses %s %s', (...args) => {
  expect(() => parseOptions(args)).toThrow()
})
