import type { JsonObject, Rule } from '../../types.ts'
import { objectOf, scalarText, wholeNumber } from '../../values.ts'
import { type Kafka, kafkas, topicsOf } from './kafkas.ts'

const msPerUnit = { 'log.retention.ms': 1, 'log.retention.minutes': 60_000, 'log.retention.hours': 3_600_000 } as const
const MS_PER_DAY = 86_400_000

/** What a topic without a retention of its own keeps; Kafka's default is 168 hours. */
const inheritedDays = ({ config }: Kafka): string => {
  for (const [key, unit] of Object.entries(msPerUnit)) {
    const value = wholeNumber(config[key])
    if (value !== undefined) return String(Math.round((value * unit) / MS_PER_DAY))
  }
  return '7'
}

/** A topic's records vanish after the broker's default time unless it says otherwise. */
export const kafkaTopicRetentionImplicit: Rule = {
  id: 'kafka-topic-retention-implicit',
  severity: 'warning',
  about: 'Every topic says how long its records are kept.',
  check: (world) =>
    kafkas(world).flatMap((kafka) =>
      topicsOf(world, kafka)
        .filter(({ manifest }) => {
          const config = configOf(manifest)
          const isCompacted = scalarText(config['cleanup.policy']) === 'compact'
          return config['retention.ms'] === undefined && !isCompacted
        })
        .map((topic) => ({
          on: topic,
          path: 'spec',
          says: `Records of ${topic.ref.name} will be deleted after ${inheritedDays(kafka)} days, the default of the brokers, which changes with them.`,
          fix: 'Set retention.ms in spec.config of the topic.',
        })),
    ),
}

/** How many replicas must have a record before it counts; inherited unless set. */
export const kafkaTopicMinInsyncImplicit: Rule = {
  id: 'kafka-topic-min-insync-implicit',
  severity: 'note',
  about: 'Every topic says how many replicas must have a record, and what becomes of old records.',
  check: (world) =>
    kafkas(world).flatMap((kafka) =>
      topicsOf(world, kafka).flatMap((topic) => {
        const config = configOf(topic.manifest)
        const lacks = ['min.insync.replicas', 'cleanup.policy'].filter((key) => config[key] === undefined)
        if (lacks.length === 0) return []
        return [
          {
            on: topic,
            path: 'spec.config',
            says: `Whoever changes the defaults of the brokers changes this topic: it does not set ${lacks.join(' and ')}.`,
            fix: `Set ${lacks.join(' and ')} in spec.config.`,
          },
        ]
      }),
    ),
}

/** More copies than brokers cannot be placed. */
export const kafkaReplicationOverBrokers: Rule = {
  id: 'kafka-replication-over-brokers',
  severity: 'error',
  about: 'No topic or setting asks for more replicas than there are brokers.',
  check: (world) =>
    kafkas(world).flatMap((kafka) => {
      if (kafka.brokers === 0) return []
      const fix = `Ask for at most ${kafka.brokers}, or run more brokers.`
      const ofTopics = topicsOf(world, kafka)
        .filter(({ manifest }) => (replicasOf(manifest) ?? 0) > kafka.brokers)
        .map((topic) => ({
          on: topic,
          path: 'spec.replicas',
          says: `The topic will not be made: it asks for ${replicasOf(topic.manifest)} replicas and the cluster ${kafka.name} has ${kafka.brokers} brokers.`,
          fix,
        }))
      const ofBrokers = replicationSettings
        .filter((key) => (wholeNumber(kafka.config[key]) ?? 0) > kafka.brokers)
        .map((key) => ({
          on: kafka.object,
          path: `spec.kafka.config.${key}`,
          says: `Topics will not be made with ${key} ${scalarText(kafka.config[key])} on ${kafka.brokers} brokers.`,
          fix,
        }))
      return [...ofTopics, ...ofBrokers]
    }),
}

const replicationSettings = [
  'default.replication.factor',
  'offsets.topic.replication.factor',
  'transaction.state.log.replication.factor',
] as const

/** With as many required copies as there are copies, the loss of one broker stops all writing. */
export const kafkaReplicationFragile: Rule = {
  id: 'kafka-replication-fragile',
  severity: 'error',
  about: 'Every topic can be written to while one broker is away.',
  check: (world) =>
    kafkas(world).flatMap((kafka) => {
      if (kafka.brokers < 2) return []
      return topicsOf(world, kafka).flatMap((topic) => {
        const replicas = replicasOf(topic.manifest) ?? wholeNumber(kafka.config['default.replication.factor']) ?? 1
        const needed =
          wholeNumber(configOf(topic.manifest)['min.insync.replicas']) ??
          wholeNumber(kafka.config['min.insync.replicas']) ??
          1
        if (replicas > needed) return []
        return [
          {
            on: topic,
            path: 'spec.replicas',
            says: `Writing to ${topic.ref.name} will stop as soon as one broker is away: ${needed} of its ${replicas} replicas must take each record.`,
            fix: 'Have one replica more than min.insync.replicas.',
          },
        ]
      })
    }),
}

/** A mistyped topic name makes a topic. */
export const kafkaAutoCreateTopics: Rule = {
  id: 'kafka-auto-create-topics',
  severity: 'warning',
  about: 'No Kafka cluster makes a topic for any name that a client uses.',
  check: (world) =>
    kafkas(world)
      .filter(({ config }) => scalarText(config['auto.create.topics.enable']) !== 'false')
      .map(({ object }) => ({
        on: object,
        path: 'spec.kafka.config',
        says: 'A mistyped topic name will make a new topic with default settings instead of an error.',
        fix: 'Set auto.create.topics.enable to false.',
      })),
}

const configOf = (manifest: { readonly [key: string]: unknown }): JsonObject => objectOf(objectOf(manifest.spec).config)

const replicasOf = (manifest: { readonly [key: string]: unknown }): number | undefined =>
  wholeNumber(objectOf(manifest.spec).replicas)
