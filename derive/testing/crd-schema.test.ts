import { expect, test } from 'vitest'
import { type CrdSchema, schemaFaults } from './crd-schema.ts'

const schema: CrdSchema = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', pattern: '^[a-z]+$' },
    size: { type: 'integer', minimum: 1 },
    port: { 'x-kubernetes-int-or-string': true },
    mode: { type: 'string', enum: ['on', 'off'] },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    anything: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    parts: { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' } } } },
  },
}

test('takes what is declared', () => {
  const value = {
    name: 'a',
    size: 1,
    port: '80',
    mode: 'on',
    labels: { x: 'y' },
    anything: { z: [1] },
    parts: [{ id: 1 }],
  }
  expect(schemaFaults(schema, value)).toEqual([])
})

test.each([
  [{}, '.name: is missing'],
  [{ name: 'A' }, '.name: "A" does not match ^[a-z]+$'],
  [{ name: 'a', size: 0 }, '.size: 0 is not within 1..'],
  [{ name: 'a', size: '1' }, '.size: is a string, not a integer'],
  [{ name: 'a', port: 1.5 }, '.port: is a number, not a number or string'],
  [{ name: 'a', mode: 'maybe' }, '.mode: maybe is not one of on,off'],
  [{ name: 'a', labels: { x: 1 } }, '.labels.x: is a number, not a string'],
  [{ name: 'a', colour: 'red' }, '.colour: is unknown'],
  [{ name: 'a', parts: [{ id: 1 }, { number: 2 }] }, '.parts[1].number: is unknown'],
  [{ name: null }, '.name: has no value'],
])('refuses %j', (value, fault) => {
  expect(schemaFaults(schema, value)).toEqual([fault])
})
