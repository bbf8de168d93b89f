import { type Answers, because, dropped, moved } from '../answer.ts'

const API = 'Strimzi 1.x serves v1 only.'
const NO_PLAIN = 'Without encryption and authentication every pod of the cluster could read and write every topic.'
const NO_ZOOKEEPER = 'Kafka 4 has no ZooKeeper; its place and numbers are taken by the controllers.'
const BROKER = 'KafkaNodePool/broker'
const CONTROLLER = 'KafkaNodePool/controller'
const POSTGRES = 'Cluster/knowton-postgres'
const STORE = 'ObjectStore/knowton-postgres-backups'
const NO_KEYS = 'The pods reach the bucket with their own identity; there are no keys to keep.'
const GUARANTEED =
  'Requests equal limits: 500 connections of 10 MB beside 4 GB of shared buffers do not fit into 8 GiB, and a database is the wrong pod to evict.'
const CHI = 'ClickHouseInstallation/knowton-clickhouse'
const CH = 'spec.templates.podTemplates[clickhouse-pod].spec.containers[clickhouse]'
const KEEPER = moved(
  CHI,
  'spec.configuration.zookeeper.keeper.name',
  'There is no such ZooKeeper; ClickHouse Keeper takes its place.',
)

/** The stateful systems. */
export const dataAnswers: Readonly<Record<string, Answers>> = {
  'Kafka/knowton-kafka': {
    apiVersion: because(API),
    'spec.kafka.version': because('Strimzi 1.2 runs Kafka 4.2 and 4.3 only.'),
    'spec.kafka.replicas': moved(BROKER, 'spec.replicas'),
    'spec.kafka.listeners[plain]': dropped(NO_PLAIN),
    'spec.kafka.config.inter.broker.protocol.version': moved(
      'Kafka/knowton-kafka',
      'spec.kafka.metadataVersion',
      'KRaft does not use it; the version of the metadata takes its place.',
    ),
    'spec.kafka.storage': moved(BROKER, 'spec.storage'),
    'spec.kafka.resources': moved(BROKER, 'spec.resources'),
    'spec.zookeeper.replicas': moved(CONTROLLER, 'spec.replicas'),
    'spec.zookeeper.storage': moved(CONTROLLER, 'spec.storage.volumes[0]', NO_ZOOKEEPER),
    'spec.zookeeper.resources': moved(CONTROLLER, 'spec.resources'),
  },
  'KafkaTopic/nft-minted': { apiVersion: because(API) },
  'KafkaTopic/trades': { apiVersion: because(API) },
  'KafkaTopic/royalty-distributions': { apiVersion: because(API) },
  [POSTGRES]: {
    'spec.imageName': because('The tag :16 moves and is going to be removed; this one is a release.'),
    'spec.bootstrap.initdb.secret.name': dropped(
      'Nobody signs in as the owner of the first database: each service has a role and a database of its own.',
    ),
    'spec.backup.barmanObjectStore.destinationPath': moved(STORE, 'spec.configuration.destinationPath'),
    'spec.backup.barmanObjectStore.s3Credentials': dropped(NO_KEYS),
    'spec.backup.barmanObjectStore.wal': moved(STORE, 'spec.configuration.wal'),
    'spec.backup.retentionPolicy': moved(STORE, 'spec.retentionPolicy'),
    'spec.monitoring.enablePodMonitor': moved(
      'PodMonitor/postgres',
      'kind',
      'The switch is deprecated; the PodMonitor is rendered.',
    ),
    'spec.resources.requests.memory': because(GUARANTEED),
    'spec.resources.requests.cpu': because(GUARANTEED),
  },
  [CHI]: {
    'spec.configuration.zookeeper.nodes[zookeeper-0.zookeeper-headless].host': KEEPER,
    'spec.configuration.zookeeper.nodes[zookeeper-1.zookeeper-headless].host': KEEPER,
    'spec.configuration.zookeeper.nodes[zookeeper-2.zookeeper-headless].host': KEEPER,
    'spec.configuration.users.knowton_user/password': moved(
      CHI,
      'spec.configuration.users.knowton_user/password_sha256_hex.valueFrom.secretKeyRef.name',
      'A password does not stand in a file: its hash comes from a Secret.',
    ),
    'spec.configuration.users.knowton_user/networks/ip': because(
      'Any address of the world; the pods of the cluster are enough.',
    ),
    [`${CH}.image`]: because('23.8 is no longer supported; 26.3 is the long-term line.'),
    [`${CH}.resources.limits.cpu`]: because(
      'A limit of 8 is the whole node; what the node needs for itself is left to it.',
    ),
  },
  'RedisCluster/knowton-redis': {
    apiVersion: because('v1beta1 was removed from the operator.'),
    'spec.clusterSize': because('The number counts leaders, and followers again: 6 would make 12 pods. 3 + 3 are six.'),
    'spec.kubernetesConfig.image': because('With the plain image no cluster forms; the operator needs its own.'),
    'spec.redisExporter.image': because('latest is another program every month.'),
    'spec.securityContext': moved(
      'RedisCluster/knowton-redis',
      'spec.podSecurityContext',
      'The field is called podSecurityContext now.',
    ),
  },
}
