import { inspect } from 'node:util'
import { Fault, type ServiceShape, service, topic } from '@knowton/core'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { readSystems } from './systems.ts'
import { openVariables } from './variables.ts'

const spoken = topic({
  name: 'spoken',
  version: 1,
  summary: 'Spoken.',
  payload: z.object({}),
  key: () => '',
  partitions: 1,
  retentionDays: 1,
})
const needy = service({
  name: 'needy',
  summary: 'Needs everything.',
  routes: {},
  publishes: { spoken },
  consumes: {},
  stores: {},
  chain: false,
  config: {},
  secrets: {},
  size: 'small',
  pool: 'general-purpose',
  instances: 'many',
  needs: ['cache', 'vectors', 'inference'],
})

const right = {
  KAFKA_BOOTSTRAP_SERVERS: 'kafka-0.data.svc:9093,kafka-1.data.svc:9093',
  KAFKA_CA_FILE: '/etc/kafka/ca.crt',
  KAFKA_CERTIFICATE_FILE: '/etc/kafka/user.crt',
  KAFKA_KEY_FILE: '/etc/kafka/user.key',
  REDIS_URL: 'rediss://:hunter2@redis.data.svc:6379',
  REDIS_CA_FILE: '/etc/tls/ca.crt',
  WEAVIATE_URL: 'http://weaviate.data.svc:8080',
  WEAVIATE_GRPC_ADDRESS: 'weaviate.data.svc:50051',
  WEAVIATE_API_KEY: 'hunter3',
  INFERENCE_URL: 'http://torchserve.apps.svc:8080/predictions/{model}',
}

const systemsIn = (environment: Readonly<Record<string, string>>, declared: ServiceShape = needy) => {
  const variables = openVariables(environment)
  const systems = readSystems(declared, variables)
  variables.settle(declared.name)
  return systems
}
const faultOf = (environment: Readonly<Record<string, string>>): string => {
  try {
    systemsIn(environment)
  } catch (error) {
    if (error instanceof Fault && error.code === 'config.invalid') return error.message
    throw error
  }
  return ''
}
const without = (name: keyof typeof right) => Object.fromEntries(Object.entries(right).filter(([key]) => key !== name))

test('reads every system that the service needs', () => {
  const { kafka, redis, weaviate, inference } = systemsIn(right)
  expect(kafka).toEqual({
    bootstrapServers: ['kafka-0.data.svc:9093', 'kafka-1.data.svc:9093'],
    caFile: '/etc/kafka/ca.crt',
    certificateFile: '/etc/kafka/user.crt',
    keyFile: '/etc/kafka/user.key',
  })
  expect(redis?.url.reveal()).toBe('rediss://:hunter2@redis.data.svc:6379')
  expect(weaviate?.apiKey.reveal()).toBe('hunter3')
  expect(inference).toEqual({ url: 'http://torchserve.apps.svc:8080/predictions/{model}' })
})

test('a service does without each system that nothing is said of', () => {
  expect(systemsIn({})).toEqual({ kafka: undefined, redis: undefined, weaviate: undefined, inference: undefined })
})

test('a service that needs nothing and speaks of nothing is told of nothing', () => {
  expect(systemsIn(right, { ...needy, publishes: {}, needs: [] })).toEqual(systemsIn({}))
})

test.each([
  'KAFKA_BOOTSTRAP_SERVERS',
  'KAFKA_CA_FILE',
  'KAFKA_CERTIFICATE_FILE',
  'KAFKA_KEY_FILE',
  'REDIS_URL',
  'WEAVIATE_URL',
  'WEAVIATE_GRPC_ADDRESS',
  'WEAVIATE_API_KEY',
] as const)('a system that is told of without %s is a fault', (name) => {
  expect(faultOf(without(name))).toContain(`\n  ${name} `)
})

test.each([
  ['KAFKA_BOOTSTRAP_SERVERS', 'kafka-0.data.svc:9093,', 'must be host:port'],
  ['KAFKA_KEY_FILE', 'user.key', 'must be an absolute path'],
  ['REDIS_URL', 'http://:hunter2@redis:6379', 'does not have the right form'],
  ['WEAVIATE_URL', 'weaviate:8080', 'must be an http or https URL'],
  ['WEAVIATE_GRPC_ADDRESS', 'http://weaviate:50051', 'must be host:port'],
  ['INFERENCE_URL', 'torchserve', 'must be an http or https URL'],
  ['INFERENCE_URL', 'http://torchserve/predictions', 'must have {model} in it'],
])('refuses %s = %s', (name, value, why) => {
  const message = faultOf({ ...right, [name]: value })
  expect(message).toContain(`\n  ${name} ${why}`)
  expect(message).not.toContain('hunter2')
})

test('passwords and keys never print', () => {
  const systems = systemsIn(right)
  expect(`${JSON.stringify(systems)}${inspect(systems, { depth: 9 })}`).not.toMatch(/hunter/)
})
