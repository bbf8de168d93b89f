import { expect, test } from 'vitest'
import { gaugedPlatform } from '../../../testing/gauged-platform.ts'
import { toyCluster } from '../../../testing/toy-cluster.ts'
import { promtoolTests } from './promtool-tests.ts'
import { ruleFiles } from './rule-files.ts'

test('there is a test of every set of rules', () => {
  const rules = Object.keys(ruleFiles(gaugedPlatform, toyCluster)).map((name) => name.replace('.yaml', '.test.yaml'))
  expect(Object.keys(promtoolTests(gaugedPlatform, toyCluster))).toEqual(rules)
})
