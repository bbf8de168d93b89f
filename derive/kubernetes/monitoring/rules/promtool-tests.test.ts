import { expect, test } from 'vitest'
import { toyCluster } from '../../../testing/toy-cluster.ts'
import { toyPlatform } from '../../../testing/toy-platform.ts'
import { promtoolTests } from './promtool-tests.ts'
import { ruleFiles } from './rule-files.ts'

test('there is a test of every set of rules', () => {
  const rules = Object.keys(ruleFiles(toyPlatform, toyCluster)).map((name) => name.replace('.yaml', '.test.yaml'))
  expect(Object.keys(promtoolTests(toyPlatform, toyCluster))).toEqual(rules)
})
