import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { toYaml } from './yaml.ts'

test('a word that YAML 1.1 takes for a boolean or a number stays a word', () => {
  const words = { a: 'off', b: 'yes', c: 'no', d: 'on', e: '1:30', f: '0777', g: 'true', h: '1e3' }
  expect(parse(toYaml([words]), { version: '1.1' })).toEqual(words)
  expect(parse(toYaml([words]))).toEqual(words)
})

test('text of many lines stays readable', () => {
  expect(toYaml([{ config: 'first=1\nsecond=2\n' }])).toContain('config: |\n  first=1\n  second=2\n')
})

test('what stands twice is written twice', () => {
  const labels = { app: 'x' }
  expect(toYaml([{ selector: labels, labels }])).not.toMatch(/[&*]/)
})
