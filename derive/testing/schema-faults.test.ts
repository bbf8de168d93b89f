import { expect, test } from 'vitest'
import { schemaFaults } from './schema-faults.ts'

const topic = (spec: object, apiVersion = 'kafka.strimzi.io/v1') => ({
  apiVersion,
  kind: 'KafkaTopic',
  metadata: { name: 'loans', namespace: 'data' },
  spec,
})

test('takes what the definition of a custom resource declares', () => {
  expect(schemaFaults([topic({ partitions: 3, config: { 'retention.ms': 1 } })])).toEqual([])
})

test.each([
  [topic({ partition: 3 }), 'field-unknown'],
  [topic({ partitions: 'three' }), 'field-invalid'],
  [topic({}, 'kafka.strimzi.io/v1beta2'), 'api-unknown'],
  [topic({}, 'library.example/v1'), 'api-unknown'],
])('refuses %j', (object, rule) => {
  expect(schemaFaults([object]).map((fault) => fault.split(' ')[0])).toEqual([rule])
})
