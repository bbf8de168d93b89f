import { namespaceOf } from '../../model/modelled.ts'
import type { Loaded } from '../../types.ts'
import { isObject, labelsAt, listAt, objectAt, textAt, valueAt } from '../../values.ts'
import type { Reference } from './reference.ts'
import { storeReferences } from './store-references.ts'

type Read = (object: Loaded) => readonly Reference[]

/** A reference of `on` at `path` to something of its own namespace; none where the name is missing. */
const refer = (on: Loaded, path: string, kind: string, keys: readonly string[] = []): readonly Reference[] =>
  named(on, path, textAt(on.manifest, path), { kind, keys, namespace: namespaceOf(on) })

/** A reference to something of the whole cluster. */
const referStorage = (on: Loaded, path: string, name = textAt(on.manifest, path)): readonly Reference[] =>
  named(on, path, name, { kind: 'StorageClass', namespace: undefined })

/** The same with a name that was read otherwise. */
const named = (
  on: Loaded,
  path: string,
  name: string | undefined,
  { kind, keys = [], namespace }: { kind: string; keys?: readonly string[]; namespace: string | undefined },
): readonly Reference[] => (name === undefined || name === '' ? [] : [{ on, path, kind, namespace, name, keys }])

/** One reference for each item of a list. */
const each = (
  on: Loaded,
  list: string,
  field: string,
  kind: string,
  keys: readonly string[] = [],
): readonly Reference[] =>
  listAt(on.manifest, list).flatMap((item, index) =>
    named(on, `${list}[${index}]${field === '' ? '' : `.${field}`}`, field === '' ? plain(item) : textAt(item, field), {
      kind,
      keys,
      namespace: namespaceOf(on),
    }),
  )

const plain = (item: unknown): string | undefined => (typeof item === 'string' ? item : undefined)

const pair = ['tls.crt', 'tls.key']
const account = ['username', 'password']

const postgresCluster: Read = (on) => [
  ...['initdb', 'recovery', 'pg_basebackup'].flatMap((method) =>
    refer(on, `spec.bootstrap.${method}.secret.name`, 'Secret', account),
  ),
  ...refer(on, 'spec.superuserSecret.name', 'Secret', account),
  ...refer(on, 'spec.certificates.serverTLSSecret', 'Secret', pair),
  ...refer(on, 'spec.certificates.serverCASecret', 'Secret', ['ca.crt']),
  ...refer(on, 'spec.certificates.clientCASecret', 'Secret', ['ca.crt']),
  ...refer(on, 'spec.certificates.replicationTLSSecret', 'Secret', pair),
  ...each(on, 'spec.managed.roles', 'passwordSecret.name', 'Secret', account),
  ...['storage', 'walStorage'].flatMap((field) => referStorage(on, `spec.${field}.storageClass`)),
  ...listAt(on.manifest, 'spec.tablespaces').flatMap((item, index) =>
    referStorage(on, `spec.tablespaces[${index}].storage.storageClass`, textAt(item, 'storage.storageClass')),
  ),
  ...each(on, 'spec.plugins', 'parameters.barmanObjectName', 'ObjectStore'),
  ...each(on, 'spec.externalClusters', 'plugin.parameters.barmanObjectName', 'ObjectStore'),
  ...named(on, 'spec.imageCatalogRef.name', textAt(on.manifest, 'spec.imageCatalogRef.name'), {
    kind: textAt(on.manifest, 'spec.imageCatalogRef.kind') ?? 'ImageCatalog',
    namespace: textAt(on.manifest, 'spec.imageCatalogRef.kind') === 'ClusterImageCatalog' ? undefined : namespaceOf(on),
  }),
]

const ofPostgres: Read = (on) => [
  ...refer(on, 'spec.cluster.name', 'Cluster'),
  ...refer(on, 'spec.pgbouncer.authQuerySecret.name', 'Secret'),
  ...['clientTLSSecret', 'serverTLSSecret'].flatMap((field) =>
    refer(on, `spec.pgbouncer.${field}.name`, 'Secret', pair),
  ),
  ...['clientCASecret', 'serverCASecret'].flatMap((field) =>
    refer(on, `spec.pgbouncer.${field}.name`, 'Secret', ['ca.crt']),
  ),
]

const strimziStorage = (on: Loaded, path: string): readonly Reference[] => [
  ...referStorage(on, `${path}.class`),
  ...listAt(on.manifest, `${path}.volumes`).flatMap((volume, index) =>
    referStorage(on, `${path}.volumes[${index}].class`, textAt(volume, 'class')),
  ),
]

const kafka: Read = (on) => [
  ...strimziStorage(on, 'spec.kafka.storage'),
  ...strimziStorage(on, 'spec.zookeeper.storage'),
  ...listAt(on.manifest, 'spec.kafka.listeners').flatMap((listener, index) =>
    named(
      on,
      `spec.kafka.listeners[${index}].configuration.brokerCertChainAndKey.secretName`,
      textAt(listener, 'configuration.brokerCertChainAndKey.secretName'),
      {
        kind: 'Secret',
        namespace: namespaceOf(on),
        keys: ['certificate', 'key'].flatMap(
          (field) => textAt(listener, `configuration.brokerCertChainAndKey.${field}`) ?? [],
        ),
      },
    ),
  ),
]

/** Topics, users, pools and rebalances name their cluster by a label. */
const ofKafka: Read = (on) => [
  ...named(on, 'metadata.labels', on.manifest.metadata.labels?.['strimzi.io/cluster'], {
    kind: 'Kafka',
    namespace: namespaceOf(on),
  }),
  ...(on.ref.kind === 'KafkaNodePool' ? strimziStorage(on, 'spec.storage') : []),
]

const clickhouse: Read = (on) => [
  ...Object.entries(objectAt(on.manifest, 'spec.configuration.users')).flatMap(([setting, value]) => {
    const [namespace = '', name, key] = typeof value === 'string' ? value.split('/') : []
    return /\/k8s_secret_/.test(setting) && key !== undefined
      ? named(on, `spec.configuration.users.${setting}`, name, { kind: 'Secret', namespace, keys: [key] })
      : []
  }),
  ...keeperOf(on, 'spec.configuration.zookeeper.keeper', valueAt(on.manifest, 'spec.configuration.zookeeper.keeper')),
  ...listAt(on.manifest, 'spec.configuration.clusters').flatMap((cluster, index) =>
    keeperOf(on, `spec.configuration.clusters[${index}].zookeeper.keeper`, valueAt(cluster, 'zookeeper.keeper')),
  ),
]

const keeperOf = (on: Loaded, path: string, keeper: unknown): readonly Reference[] =>
  named(on, `${path}.name`, textAt(keeper, 'name'), {
    kind: 'ClickHouseKeeperInstallation',
    namespace: textAt(keeper, 'namespace') ?? namespaceOf(on),
  })

const redis: Read = (on) => [
  ...refer(on, 'spec.TLS.secret.secretName', 'Secret', [
    textAt(on.manifest, 'spec.TLS.ca') ?? 'ca.crt',
    textAt(on.manifest, 'spec.TLS.cert') ?? 'tls.crt',
    textAt(on.manifest, 'spec.TLS.key') ?? 'tls.key',
  ]),
  ...refer(on, 'spec.acl.secret.secretName', 'Secret', ['user.acl']),
  ...['', 'redisLeader.', 'redisFollower.'].flatMap((part) =>
    refer(on, `spec.${part}redisConfig.additionalRedisConfig`, 'ConfigMap'),
  ),
  ...refer(on, 'spec.redisSentinelConfig.redisReplicationName', 'RedisReplication'),
]

const prometheus: Read = (on) => [
  ...each(on, 'spec.secrets', '', 'Secret'),
  ...each(on, 'spec.configMaps', '', 'ConfigMap'),
  ...(on.ref.kind === 'Alertmanager' ? refer(on, 'spec.configSecret', 'Secret') : []),
  ...refer(on, 'spec.alertmanagerConfiguration.name', 'AlertmanagerConfig'),
]

const ingress: Read = (on) => [
  ...each(on, 'spec.tls', 'secretName', 'Secret', pair),
  ...listAt(on.manifest, 'spec.listeners').flatMap((listener, index) =>
    listAt(listener, 'tls.certificateRefs').flatMap((certificate, at) =>
      named(on, `spec.listeners[${index}].tls.certificateRefs[${at}].name`, textAt(certificate, 'name'), {
        kind: textAt(certificate, 'kind') ?? 'Secret',
        namespace: textAt(certificate, 'namespace') ?? namespaceOf(on),
        keys: pair,
      }),
    ),
  ),
]

const roleBinding: Read = (on) => {
  const role = objectAt(on.manifest, 'roleRef')
  const kind = textAt(role, 'kind') ?? 'ClusterRole'
  return [
    ...named(on, 'roleRef.name', textAt(role, 'name'), {
      kind,
      namespace: kind === 'Role' ? namespaceOf(on) : undefined,
    }),
    ...listAt(on.manifest, 'subjects').flatMap((subject, index) =>
      textAt(subject, 'kind') === 'ServiceAccount'
        ? named(on, `subjects[${index}].name`, textAt(subject, 'name'), {
            kind: 'ServiceAccount',
            namespace: textAt(subject, 'namespace') ?? namespaceOf(on),
          })
        : [],
    ),
  ]
}

const scaledObject: Read = (on) =>
  listAt(on.manifest, 'spec.triggers').flatMap((trigger, index) => {
    const kind = textAt(trigger, 'authenticationRef.kind') ?? 'TriggerAuthentication'
    return named(on, `spec.triggers[${index}].authenticationRef.name`, textAt(trigger, 'authenticationRef.name'), {
      kind,
      namespace: kind === 'ClusterTriggerAuthentication' ? undefined : namespaceOf(on),
    })
  })

const claim: Read = (on) =>
  named(on, 'spec.volumeName', textAt(on.manifest, 'spec.volumeName'), {
    kind: 'PersistentVolume',
    namespace: undefined,
  })

const consumer: Read = (on) => each(on, 'credentials', '', 'Secret')

/** `konghq.com/plugins` of whatever carries it. */
const kongPlugins: Read = (on) =>
  (labelsAt(on.manifest, 'metadata.annotations')['konghq.com/plugins'] ?? '')
    .split(',')
    .flatMap((name) =>
      named(on, 'metadata.annotations', name.trim(), { kind: 'KongPlugin', namespace: namespaceOf(on) }),
    )

const readers: Readonly<Record<string, Read>> = {
  'Cluster.postgresql.cnpg.io': postgresCluster,
  'Pooler.postgresql.cnpg.io': ofPostgres,
  'ScheduledBackup.postgresql.cnpg.io': ofPostgres,
  'Backup.postgresql.cnpg.io': ofPostgres,
  'Database.postgresql.cnpg.io': ofPostgres,
  'DatabaseRole.postgresql.cnpg.io': ofPostgres,
  'Kafka.kafka.strimzi.io': kafka,
  'KafkaNodePool.kafka.strimzi.io': ofKafka,
  'KafkaTopic.kafka.strimzi.io': ofKafka,
  'KafkaUser.kafka.strimzi.io': ofKafka,
  'KafkaRebalance.kafka.strimzi.io': ofKafka,
  'ClickHouseInstallation.clickhouse.altinity.com': clickhouse,
  'RedisCluster.redis.redis.opstreelabs.in': redis,
  'RedisReplication.redis.redis.opstreelabs.in': redis,
  'RedisSentinel.redis.redis.opstreelabs.in': redis,
  'Prometheus.monitoring.coreos.com': prometheus,
  'Alertmanager.monitoring.coreos.com': prometheus,
  'Ingress.networking.k8s.io': ingress,
  'Gateway.gateway.networking.k8s.io': ingress,
  'RoleBinding.rbac.authorization.k8s.io': roleBinding,
  'ClusterRoleBinding.rbac.authorization.k8s.io': roleBinding,
  'ScaledObject.keda.sh': scaledObject,
  'PersistentVolumeClaim.': claim,
  'KongConsumer.configuration.konghq.com': consumer,
}

/** References in the fields that only one kind has. */
export const customReferences: Read = (object) => [
  ...(readers[`${object.ref.kind}.${object.ref.group}`]?.(object) ?? []),
  ...storeReferences(object),
  ...(isObject(object.manifest.metadata.annotations) ? kongPlugins(object) : []),
]
