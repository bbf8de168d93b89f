import { type PlatformShape, type ServiceShape, service, topic } from '@knowton/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { toyCluster } from '../../../testing/toy-cluster.ts'
import { bookshop, cashier, toyPlatform } from '../../../testing/toy-platform.ts'
import { kafkaTopics } from './topics.ts'
import { type Acl, kafkaAcls, kafkaServices } from './users.ts'

const topicOf = (name: string) =>
  topic({
    name,
    version: 1,
    summary: name,
    payload: z.object({ id: z.string() }),
    key: ({ id }) => id,
    partitions: 1,
    retentionDays: 1,
  })

/** Platforms whose services each publish topics of their own and consume any. */
const platforms = fc
  .array(fc.record({ own: fc.nat({ max: 3 }), heard: fc.array(fc.nat({ max: 11 }), { maxLength: 4 }) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((plans): PlatformShape => {
    const published = plans.map(({ own }, index) =>
      Array.from({ length: own }, (_, at) => topicOf(`topic-${index}-${at}`)),
    )
    const all = published.flat()
    const services = plans.map(({ heard }, index): ServiceShape => {
      const consumed = all.length === 0 ? [] : heard.flatMap((at) => all[at % all.length] ?? [])
      const byName = (topics: typeof all) => Object.fromEntries(topics.map((each) => [each.name, each]))
      return service({
        ...cashier,
        name: `service-${index}`,
        publishes: byName(published[index] ?? []),
        consumes: byName(consumed),
      })
    })
    return { ...toyPlatform, services: Object.fromEntries(services.map((each) => [each.name, each])) }
  })

const holders = (platform: PlatformShape, name: string, operation: Acl['operations'][number]) =>
  kafkaServices(platform).filter((each) =>
    kafkaAcls(each).some(
      ({ resource, operations }) =>
        resource.type === 'topic' && resource.name === name && operations.includes(operation),
    ),
  )

test('every topic has exactly one writer, its publisher, and no other readers than its consumers', () => {
  fc.assert(
    fc.property(platforms, (platform) => {
      const all = Object.values(platform.services)
      for (const { metadata } of kafkaTopics(platform, toyCluster)) {
        const publishers = all.filter(({ publishes }) => metadata.name in publishes)
        const consumers = all.filter(({ consumes }) => metadata.name in consumes)
        expect(holders(platform, metadata.name, 'Write')).toEqual(publishers)
        expect(publishers).toHaveLength(1)
        expect(holders(platform, metadata.name, 'Read')).toEqual(consumers)
      }
    }),
    { numRuns: 50 },
  )
})

test('a service may do nothing but write what it publishes and read what it consumes in its own group', () => {
  const literal = { patternType: 'literal' }
  expect(kafkaAcls(bookshop)).toEqual([
    { resource: { type: 'topic', name: 'book-lent', ...literal }, operations: ['Write', 'Describe'] },
    { resource: { type: 'topic', name: 'fine-due', ...literal }, operations: ['Read', 'Describe'] },
    { resource: { type: 'group', name: 'bookshop', ...literal }, operations: ['Read', 'Describe'] },
  ])
})

test('a service that neither publishes nor consumes has no user', () => {
  const silent = { ...cashier, name: 'silent', publishes: {}, consumes: {} }
  expect(kafkaServices({ ...toyPlatform, services: { ...toyPlatform.services, silent } })).not.toContain(silent)
})

test('what a topic keeps is said in full, not left to the brokers', () => {
  expect(kafkaTopics(toyPlatform, toyCluster)[0]?.spec).toEqual({
    partitions: 3,
    replicas: 3,
    config: {
      'cleanup.policy': 'delete',
      'retention.ms': 604_800_000,
      'segment.bytes': 1_073_741_824,
      'compression.type': 'snappy',
      'min.insync.replicas': 2,
    },
  })
})
