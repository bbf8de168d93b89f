import type { PlatformShape, ServiceShape } from '@knowton/core'
import { systemsOf, topicNames } from '../../../edges.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { labelsOf, type Manifest } from '../../manifest.ts'
import { KAFKA } from './names.ts'

/** What a service may do to one topic or consumer group. */
export type Acl = {
  readonly resource: {
    readonly type: 'topic' | 'group'
    readonly name: string
    readonly patternType: 'literal'
  }
  readonly operations: readonly ('Read' | 'Write' | 'Describe')[]
}

/** The services that speak to Kafka. */
export const kafkaServices = (platform: PlatformShape): readonly ServiceShape[] =>
  Object.values(platform.services).filter((service) => systemsOf(service).includes('kafka'))

/** Writes what it publishes, reads what it consumes in the one group that bears its name; nothing else. */
export const kafkaAcls = (service: ServiceShape): readonly Acl[] => {
  const consumed = topicNames(service.consumes)
  return [
    ...topicNames(service.publishes).map((name) => acl('topic', name, ['Write', 'Describe'])),
    ...consumed.map((name) => acl('topic', name, ['Read', 'Describe'])),
    ...(consumed.length === 0 ? [] : [acl('group', service.name, ['Read', 'Describe'])]),
  ]
}

const acl = (type: Acl['resource']['type'], name: string, operations: Acl['operations']): Acl => ({
  resource: { type, name, patternType: 'literal' },
  operations,
})

/** A KafkaUser for each service that speaks to Kafka: a certificate of its own, which Strimzi renews. */
export const kafkaUsers = (platform: PlatformShape, environment: ClusterEnvironment): readonly Manifest[] =>
  kafkaServices(platform).map((service) => ({
    apiVersion: 'kafka.strimzi.io/v1',
    kind: 'KafkaUser',
    metadata: {
      name: service.name,
      namespace: environment.namespaces.data,
      labels: { ...labelsOf('kafka', service.name), 'strimzi.io/cluster': KAFKA.names.cluster },
    },
    spec: {
      authentication: { type: 'tls' },
      authorization: {
        type: 'simple',
        acls: kafkaAcls(service).map(({ resource, operations }) => ({ type: 'allow', resource, operations })),
      },
      template: { secret: { metadata: { labels: labelsOf('kafka', service.name) } } },
    },
  }))
