/**
 * What the stateful systems and their pods are called. Operators make names from these: `knowton-postgres-rw`,
 * `knowton-kafka-kafka-bootstrap`, `clickhouse-knowton-clickhouse`, `keeper-knowton-keeper`, `knowton-redis-leader`.
 */
export const names = {
  postgres: 'knowton-postgres',
  postgresPooler: 'knowton-postgres-pooler',
  /** What backups are restored into to see that they can be. */
  postgresDrill: 'knowton-postgres-drill',
  kafka: 'knowton-kafka',
  clickhouse: 'knowton-clickhouse',
  /** At most 15 characters. */
  clickhouseCluster: 'knowton-cluster',
  keeper: 'knowton-keeper',
  redis: 'knowton-redis',
  /** A Redis of its own for the gateway, which speaks to one host only. */
  rateLimits: 'knowton-rate-limits',
  weaviate: 'weaviate',
  inference: 'torchserve-inference',
  /** The Service in front of either inference backend. */
  inferenceService: 'torchserve',
  gateway: 'kong-gateway',
  prometheus: 'knowton',
  alertmanager: 'knowton',
  grafana: 'grafana',
  objectStore: 'object-store',
  storageClass: 'fast-ssd',
  /** Issues the certificates that systems of the platform show to one another. */
  internalIssuer: 'knowton-internal',
  /** Issues the certificate of the gateway. */
  publicIssuer: 'knowton-public',
  secretStore: 'knowton',
} as const

/** Labels that select the pods of each system, as they or their operators make them. */
export const podLabels = {
  gateway: { app: 'kong-gateway' },
  /** All declared services. */
  services: { tier: 'backend' },
  /** Runs once before a new version of a service. */
  migrations: { tier: 'migration' },
  inference: { app: 'torchserve' },
  weaviate: { app: 'weaviate' },
  /** Asks Weaviate for a backup. */
  weaviateBackup: { app: 'weaviate-backup' },
  postgres: { 'cnpg.io/cluster': 'knowton-postgres' },
  postgresPooler: { 'cnpg.io/poolerName': 'knowton-postgres-pooler' },
  kafkaBrokers: { 'strimzi.io/name': 'knowton-kafka-kafka' },
  kafkaEntityOperator: { 'strimzi.io/name': 'knowton-kafka-entity-operator' },
  kafkaExporter: { 'strimzi.io/name': 'knowton-kafka-kafka-exporter' },
  cruiseControl: { 'strimzi.io/name': 'knowton-kafka-cruise-control' },
  clickhouse: { 'clickhouse.altinity.com/chi': 'knowton-clickhouse' },
  keeper: { 'clickhouse-keeper.altinity.com/chk': 'knowton-keeper' },
  redisLeader: { app: 'knowton-redis-leader' },
  redisFollower: { app: 'knowton-redis-follower' },
  rateLimits: { app: 'knowton-rate-limits' },
  prometheus: { 'app.kubernetes.io/name': 'prometheus' },
  alertmanager: { 'app.kubernetes.io/name': 'alertmanager' },
  grafana: { app: 'grafana' },
  objectStore: { app: 'object-store' },
} as const

/** Labels that select the pods of one declared service. */
export const servicePodLabels = (service: string) => ({ app: service, ...podLabels.services })

/** The port that every service listens on: its API, health and metrics. */
export const SERVICE_PORT = 3000

/** The label of the nodes of a pool, and the key of its taint. */
export const POOL_LABEL = 'knowton.io/pool'
