import { kinds, lost, type Mutable, type Mutation, one } from './mutation.ts'

const change = (
  name: string,
  caughtBy: string,
  fits: Mutation['fits'],
  breaks: (object: Mutable) => undefined,
): Mutation => ({
  name,
  caughtBy,
  fits,
  breaks,
})
const kafka = one('Kafka', 'knowton-kafka')
const postgres = one('Cluster', 'knowton-postgres')
const clickhouse = one('ClickHouseInstallation', 'knowton-clickhouse')
const redis = one('RedisCluster', 'knowton-redis')
const weaviate = one('StatefulSet', 'weaviate')
const prometheus = kinds('Prometheus')
const containerOf = (object: Mutable): Mutable => object.spec.template.spec.containers[0]
const without = (object: Mutable, variable: string): void => {
  const container = containerOf(object)
  container.env = container.env.filter(({ name }: Mutable) => name !== variable)
}

/** A monitor of pods that the set itself holds; what charts of operators run in their namespaces is not in it. */
const monitorOfOurs = (object: Mutable): boolean =>
  object.kind === 'PodMonitor' &&
  (object.spec.namespaceSelector?.matchNames ?? []).every((name: string) => name.startsWith('knowton-'))

/** What goes wrong in the systems that operators run. */
export const systemMutations: readonly Mutation[] = [
  change('more copies of a partition than brokers', 'kafka-replication-over-brokers', kafka, (object) => {
    object.spec.kafka.config['default.replication.factor'] = 5
  }),
  change('Kafka takes clients without authentication', 'kafka-listener-unauthenticated', kafka, (object) => {
    delete object.spec.kafka.listeners[0].authentication
  }),
  change('Kafka asks nobody for permission', 'kafka-authorization-missing', kafka, (object) => {
    delete object.spec.kafka.authorization
  }),
  change('a version of Kafka that the operator cannot run', 'kafka-version-unsupported', kafka, (object) => {
    object.spec.kafka.version = '3.6.0'
  }),
  change('a topic belongs to a cluster that is not there', 'kafka-cluster-missing', kinds('KafkaTopic'), (object) => {
    object.metadata.labels['strimzi.io/cluster'] = 'renamed'
  }),
  change(
    'a topic wants more copies than there are brokers',
    'kafka-replication-over-brokers',
    kinds('KafkaTopic'),
    (object) => {
      object.spec.replicas = 9
    },
  ),
  change(
    'the retention of a topic is left to chance',
    'kafka-topic-retention-implicit',
    kinds('KafkaTopic'),
    (object) => {
      delete object.spec.config['retention.ms']
    },
  ),
  change('a field of Kafka is misspelt', 'field-unknown', kafka, (object) => {
    object.spec.kafka.listners = []
  }),
  lost('the brokers are lost', 'kafka-nodes-missing', one('KafkaNodePool', 'broker')),
  lost('a user of Kafka is lost', 'secret-missing', kinds('KafkaUser')),
  lost('nobody backs PostgreSQL up', 'postgres-backup-missing', kinds('ScheduledBackup')),
  lost('the place of the backups is lost', 'object-store-missing', kinds('ObjectStore')),
  change('the archive of PostgreSQL has another name', 'object-store-missing', postgres, (object) => {
    object.spec.plugins[0].parameters.barmanObjectName = 'renamed'
  }),
  change('no copy of PostgreSQL confirms a commit', 'postgres-synchronous-missing', postgres, (object) => {
    delete object.spec.postgresql.synchronous
  }),
  change('PostgreSQL promises more memory than it has', 'postgres-memory-over', postgres, (object) => {
    object.spec.postgresql.parameters.shared_buffers = '60GB'
  }),
  change('the image of PostgreSQL moves', 'postgres-image-rolling', postgres, (object) => {
    object.spec.imageName = 'ghcr.io/cloudnative-pg/postgresql:16'
  }),
  change('the certificate of the pooler is not issued', 'secret-missing', kinds('Pooler'), (object) => {
    object.spec.pgbouncer.clientTLSSecret = { name: 'no-such-secret' }
  }),
  lost('ClickHouse has no keeper', 'clickhouse-keeper-missing', kinds('ClickHouseKeeperInstallation')),
  change('ClickHouse asks a keeper of another name', 'clickhouse-keeper-missing', clickhouse, (object) => {
    object.spec.configuration.zookeeper.keeper.name = 'renamed'
  }),
  change('the password of ClickHouse stands in the file', 'secret-literal', clickhouse, (object) => {
    object.spec.configuration.users['knowton_user/password'] = 'hunter2hunter2'
  }),
  change('ClickHouse takes the world', 'clickhouse-network-open', clickhouse, (object) => {
    object.spec.configuration.users['knowton_user/networks/ip'] = ['::/0']
  }),
  change('volumes of ClickHouse go with the object', 'clickhouse-reclaim-delete', clickhouse, (object) => {
    for (const template of object.spec.templates.volumeClaimTemplates) template.reclaimPolicy = 'Delete'
  }),
  change('Redis runs an image that its operator cannot use', 'image-wrong-for-operator', redis, (object) => {
    object.spec.kubernetesConfig.image = 'docker.io/library/redis:7.2.7'
  }),
  change('Redis keeps nothing', 'redis-persistence-off', redis, (object) => {
    object.spec.persistenceEnabled = false
  }),
  change('Redis asks for no password', 'redis-authentication-missing', redis, (object) => {
    delete object.spec.kubernetesConfig.redisSecret
  }),
  change('nodes of Weaviate do not know one another', 'weaviate-not-clustered', weaviate, (object) => {
    for (const name of ['CLUSTER_JOIN', 'RAFT_JOIN', 'RAFT_BOOTSTRAP_EXPECT']) without(object, name)
  }),
  change('Weaviate asks nobody who they are', 'weaviate-authentication-missing', weaviate, (object) => {
    for (const name of [
      'AUTHENTICATION_APIKEY_ENABLED',
      'AUTHENTICATION_APIKEY_ALLOWED_KEYS',
      'AUTHENTICATION_APIKEY_USERS',
    ])
      without(object, name)
  }),
  change('Kong looks for a database', 'kong-config-ignored', one('Deployment', 'kong-gateway'), (object) => {
    containerOf(object).env.find(({ name }: Mutable) => name === 'KONG_DATABASE').value = 'postgres'
  }),
  change('Kong opens its admin port', 'kong-admin-exposed', one('Deployment', 'kong-gateway'), (object) => {
    containerOf(object).env.find(({ name }: Mutable) => name === 'KONG_ADMIN_LISTEN').value = '0.0.0.0:8001'
  }),
  change('a word is read as a boolean', 'field-invalid', one('Deployment', 'kong-gateway'), (object) => {
    containerOf(object).env.find(({ name }: Mutable) => name === 'KONG_DATABASE').value = false
  }),
  change(
    'the gateway routes to a Service that is not there',
    'service-missing',
    one('ExternalSecret', 'kong-gateway'),
    (object) => {
      const { data } = object.spec.target.template
      for (const key of Object.keys(data))
        data[key] = data[key].replaceAll('creator-service.knowton-prod', 'creators.knowton-prod')
    },
  ),
  change('a monitor watches nobody', 'monitor-selects-nothing', monitorOfOurs, (object) => {
    object.spec.selector = { matchLabels: { app: 'renamed' } }
  }),
  change('a monitor asks at a port that is not there', 'monitor-selects-nothing', monitorOfOurs, (object) => {
    for (const endpoint of object.spec.podMetricsEndpoints) {
      delete endpoint.targetPort
      delete endpoint.portNumber
      endpoint.port = 'no-such-port'
    }
  }),
  change('Prometheus keeps its data in the pod', 'prometheus-storage-missing', prometheus, (object) => {
    delete object.spec.storage
  }),
  change('Prometheus fills its volume', 'prometheus-retention-size-missing', prometheus, (object) => {
    delete object.spec.retentionSize
  }),
  change('Prometheus has no rights', 'service-account-missing', prometheus, (object) => {
    object.spec.serviceAccountName = 'nobody'
  }),
  lost('nobody sends alerts', 'service-missing', kinds('Alertmanager')),
]
