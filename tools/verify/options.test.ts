import { expect, test } from 'vitest'
import { BadCommand, parseOptions } from './options.ts'

test('paths, formats and settings are read, standard input among the paths', () => {
  expect(parseOptions(['a.yaml', '-', '--format', 'sarif', '--environment=production'])).toEqual({
    paths: ['a.yaml', '-'],
    format: 'sarif',
    suppressions: undefined,
    environment: 'production',
    wants: 'result',
  })
  expect([parseOptions(['--rules']).wants, parseOptions(['-h', '--rules']).wants]).toEqual(['rules', 'help'])
})

test.each([[['--colour']], [['--format', 'xml']], [['--format']]])('%j is refused', (args) => {
  expect(() => parseOptions(args)).toThrow(BadCommand)
})
