/** What became of fields that operators no longer read, by group, kind and path. */
export const movedFields: Readonly<Record<string, string>> = {
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
