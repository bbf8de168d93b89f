import { nearest } from '../../schemas/nearest.ts'
import type { Rule } from '../../types.ts'
import { judgedBy, reportFaults } from './schema-faults.ts'

/** What became of fields that operators no longer read, by group, kind and path. */
const movedFields: Readonly<Record<string, string>> = {
  'kafka.strimzi.io/Kafka/spec.kafka.replicas': 'Set spec.replicas of a KafkaNodePool with the role broker.',
  'kafka.strimzi.io/Kafka/spec.kafka.storage': 'Set spec.storage of a KafkaNodePool with the role broker.',
  'kafka.strimzi.io/Kafka/spec.kafka.resources': 'Set spec.resources of a KafkaNodePool with the role broker.',
  'kafka.strimzi.io/Kafka/spec.kafka.jvmOptions': 'Set spec.jvmOptions of a KafkaNodePool with the role broker.',
  'kafka.strimzi.io/Kafka/spec.zookeeper':
    'Remove it and add a KafkaNodePool with the role controller: Kafka 4 runs without ZooKeeper.',
  'redis.redis.opstreelabs.in/RedisCluster/spec.securityContext':
    'Name it podSecurityContext; settings of the container belong to redisLeader.securityContext and redisFollower.securityContext.',
  'redis.redis.opstreelabs.in/RedisReplication/spec.securityContext':
    'Name it podSecurityContext; settings of the container belong to kubernetesConfig or securityContext of the exporter.',
  'monitoring.coreos.com/Prometheus/spec.podAntiAffinity':
    'Write spec.affinity.podAntiAffinity; podAntiAffinity alone is a value of a Helm chart.',
}

const fixFor = (field: string, known: readonly string[]): string => {
  const meant = nearest(field, known)
  if (meant !== undefined) return `Write ${meant} if that is meant, else remove it.`
  if (known.length === 0) return 'Remove it.'
  if (known.length <= 12) return `Remove it; the fields here are ${known.join(', ')}.`
  return 'Remove it, or look the field up where it belongs.'
}

/** Field names that the kind does not have. */
export const fieldUnknown: Rule = {
  id: 'field-unknown',
  severity: 'error',
  about: 'Every field of an object is one that its kind has.',
  check: (world) =>
    reportFaults(world, 'unknown', ({ path, field, known }, object) => ({
      path,
      says: `${judgedBy(object)} has no field ${path}: kubectl apply refuses the object, and other clients drop the field silently.`,
      fix: movedFields[`${object.ref.group}/${object.ref.kind}/${path}`] ?? fixFor(field, known),
    })),
}
