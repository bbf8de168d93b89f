import type { PlatformShape, ServiceShape, TopicShape } from '@knowton/core'
import { publisherOf } from '../edges.ts'
import { listed, repeated } from './repeated.ts'

type Mention = { readonly service: ServiceShape; readonly topic: TopicShape }

export const topicFaults = (platform: PlatformShape): readonly string[] => {
  const services = Object.values(platform.services)
  const published = mentions(services, (service) => service.publishes)
  const consumed = mentions(services, (service) => service.consumes)
  return [
    ...repeated(published, ({ topic }) => topic.name).map(
      ({ shared, items }) => `Topic "${shared}" is published by ${listed(items.map(({ service }) => service.name))}.`,
    ),
    ...consumed
      .filter(({ topic }) => publisherOf(platform, topic) === undefined)
      .map(({ service, topic }) => `Service "${service.name}" consumes "${topic.name}", which nobody publishes.`),
    ...consumed
      .filter(({ topic }) => published.some((other) => other.topic.name === topic.name && other.topic !== topic))
      .map(({ service, topic }) => `Service "${service.name}" consumes another declaration of "${topic.name}".`),
    ...published
      .filter(({ topic }) => consumed.every((other) => other.topic.name !== topic.name))
      .map(({ service, topic }) => `Topic "${topic.name}" of service "${service.name}" is consumed by nobody.`),
    ...published.flatMap(({ topic }) => faultsOf(topic).map((fault) => `Topic "${topic.name}": ${fault}.`)),
  ]
}

const mentions = (
  services: readonly ServiceShape[],
  of: (service: ServiceShape) => Readonly<Record<string, TopicShape>>,
): readonly Mention[] => services.flatMap((service) => Object.values(of(service)).map((topic) => ({ service, topic })))

const faultsOf = (topic: TopicShape): readonly string[] => [
  ...(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(topic.name) ? [] : ['its name is not in kebab-case']),
  ...(isCount(topic.version) ? [] : ['its version is not 1, 2, 3 …']),
  ...(isCount(topic.partitions) ? [] : ['it has no partitions']),
  ...(topic.retentionDays > 0 ? [] : ['its retention is not a positive number of days']),
]

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1
