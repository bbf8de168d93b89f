import { kinds, lost, type Mutable, type Mutation, one } from './mutation.ts'

const change = (name: string, fits: Mutation['fits'], breaks: (object: Mutable) => undefined): Mutation => ({
  name,
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

/** What goes wrong in the systems that operators run. */
export const systemMutations: readonly Mutation[] = [
  change('more copies of a partition than brokers', kafka, (object) => {
    object.spec.kafka.config['default.replication.factor'] = 5
  }),
  change('Kafka takes clients without authentication', kafka, (object) => {
    delete object.spec.kafka.listeners[0].authentication
  }),
  change('Kafka asks nobody for permission', kafka, (object) => {
    delete object.spec.kafka.authorization
  }),
  change('a version of Kafka that the operator cannot run', kafka, (object) => {
    object.spec.kafka.version = '3.6.0'
  }),
  change('a topic belongs to a cluster that is not there', kinds('KafkaTopic'), (object) => {
    object.metadata.labels['strimzi.io/cluster'] = 'renamed'
  }),
  change('a topic wants more copies than there are brokers', kinds('KafkaTopic'), (object) => {
    object.spec.replicas = 9
  }),
  change('the retention of a topic is left to chance', kinds('KafkaTopic'), (object) => {
    delete object.spec.config['retention.ms']
  }),
  change('a field of Kafka is misspelt', kafka, (object) => {
    object.spec.kafka.listners = []
  }),
  lost('the brokers are lost', one('KafkaNodePool', 'broker')),
  lost('a user of Kafka is lost', kinds('KafkaUser')),
  lost('nobody backs PostgreSQL up', kinds('ScheduledBackup')),
  lost('the place of the backups is lost', kinds('ObjectStore')),
  change('the archive of PostgreSQL has another name', postgres, (object) => {
    object.spec.plugins[0].parameters.barmanObjectName = 'renamed'
  }),
  change('no copy of PostgreSQL confirms a commit', postgres, (object) => {
    delete object.spec.postgresql.synchronous
  }),
  change('PostgreSQL promises more memory than it has', postgres, (object) => {
    object.spec.postgresql.parameters.shared_buffers = '60GB'
  }),
  change('the image of PostgreSQL moves', postgres, (object) => {
    object.spec.imageName = 'ghcr.io/cloudnative-pg/postgresql:16'
  }),
  change('the certificate of the pooler is not issued', kinds('Pooler'), (object) => {
    object.spec.pgbouncer.clientTLSSecret = { name: 'no-such-secret' }
  }),
  lost('ClickHouse has no keeper', kinds('ClickHouseKeeperInstallation')),
  change('ClickHouse asks a keeper of another name', clickhouse, (object) => {
    object.spec.configuration.zookeeper.keeper.name = 'renamed'
  }),
  change('the password of ClickHouse stands in the file', clickhouse, (object) => {
    object.spec.configuration.users['knowton_user/password'] = 'hunter2hunter2'
  }),
  change('ClickHouse takes the world', clickhouse, (object) => {
    object.spec.configuration.users['knowton_user/networks/ip'] = ['::/0']
  }),
  change('volumes of ClickHouse go with the object', clickhouse, (object) => {
    for (const template of object.spec.templates.volumeClaimTemplates) template.reclaimPolicy = 'Delete'
  }),
  change('Redis runs an image that its operator cannot use', redis, (object) => {
    object.spec.kubernetesConfig.image = 'docker.io/library/redis:7.2.7'
  }),
  change('Redis keeps nothing', redis, (object) => {
    object.spec.persistenceEnabled = false
  }),
  change('Redis asks for no password', redis, (object) => {
    delete object.spec.kubernetesConfig.redisSecret
  }),
  change('nodes of Weaviate do not know one another', weaviate, (object) => {
    for (const name of ['CLUSTER_JOIN', 'RAFT_JOIN', 'RAFT_BOOTSTRAP_EXPECT']) without(object, name)
  }),
  change('Weaviate asks nobody who they are', weaviate, (object) => {
    for (const name of [
      'AUTHENTICATION_APIKEY_ENABLED',
      'AUTHENTICATION_APIKEY_ALLOWED_KEYS',
      'AUTHENTICATION_APIKEY_USERS',
    ])
      without(object, name)
  }),
  change('Kong looks for a database', one('Deployment', 'kong-gateway'), (object) => {
    containerOf(object).env.find(({ name }: Mutable) => name === 'KONG_DATABASE').value = 'postgres'
  }),
  change('Kong opens its admin port', one('Deployment', 'kong-gateway'), (object) => {
    containerOf(object).env.find(({ name }: Mutable) => name === 'KONG_ADMIN_LISTEN').value = '0.0.0.0:8001'
  }),
  change('a word is read as a boolean', one('Deployment', 'kong-gateway'), (object) => {
    containerOf(object).env.find(({ name }: Mutable) => name === 'KONG_DATABASE').value = false
  }),
  change('the gateway routes to a Service that is not there', one('ExternalSecret', 'kong-gateway'), (object) => {
    const { data } = object.spec.target.template
    for (const key of Object.keys(data))
      data[key] = data[key].replaceAll('creator-service.knowton-prod', 'creators.knowton-prod')
  }),
  change('a monitor watches nobody', kinds('PodMonitor', 'ServiceMonitor'), (object) => {
    object.spec.selector = { matchLabels: { app: 'renamed' } }
  }),
  change('a monitor asks at a port that is not there', kinds('PodMonitor'), (object) => {
    for (const endpoint of object.spec.podMetricsEndpoints) {
      delete endpoint.targetPort
      delete endpoint.portNumber
      endpoint.port = 'no-such-port'
    }
  }),
  change('Prometheus keeps its data in the pod', prometheus, (object) => {
    delete object.spec.storage
  }),
  change('Prometheus fills its volume', prometheus, (object) => {
    delete object.spec.retentionSize
  }),
  change('Prometheus has no rights', prometheus, (object) => {
    object.spec.serviceAccountName = 'nobody'
  }),
  lost('nobody sends alerts', kinds('Alertmanager')),
]
