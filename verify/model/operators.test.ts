import { describe, expect, test } from 'vitest'
import { worldOf } from '../testing/world-of.ts'
import type { World } from '../types.ts'

const object = (apiVersion: string, kind: string, name: string, spec: string, metadata = '') => `---
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: ${name}, namespace: data${metadata} }
spec: ${spec}
`
const group = (world: World, name: string) => {
  const found = world.pods.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no pods ${name} among ${world.pods.map((one) => one.name).join(', ')}`)
  return found
}
const ports = (world: World, name: string) => group(world, name).ports.map(({ port }) => port)
const keys = (world: World, secret: string) =>
  world.provided.find(({ kind, name }) => kind === 'Secret' && name === secret)?.keys
const service = (world: World, name: string) =>
  world.provided.find((one) => one.kind === 'Service' && one.name === name)

describe('Strimzi', () => {
  const pool = (name: string, role: string, replicas: number) =>
    object(
      'kafka.strimzi.io/v1',
      'KafkaNodePool',
      name,
      `{ replicas: ${replicas}, roles: [${role}], storage: { type: jbod, volumes: [{ id: 0, type: persistent-claim, size: 500Gi, class: fast }] }, resources: { requests: { cpu: 2 } } }`,
      ', labels: { strimzi.io/cluster: main }',
    )
  const kafka = object(
    'kafka.strimzi.io/v1',
    'Kafka',
    'main',
    '{ kafka: { listeners: [{ name: tls, port: 9093, type: internal }], metricsConfig: { type: strimziMetricsReporter } }, entityOperator: { topicOperator: {}, userOperator: {} }, kafkaExporter: {}, cruiseControl: {} }',
  )
  const world = worldOf(kafka + pool('controller', 'controller', 3) + pool('broker', 'broker', 3))

  test('runs the pods of each node pool with their ports, claims and requests', () => {
    expect(ports(world, 'main-broker')).toEqual([9091, 8443, 9093, 9404])
    expect(ports(world, 'main-controller')).toEqual([9090, 8443, 9404])
    expect(group(world, 'main-broker')).toMatchObject({
      modelled: true,
      replicas: { count: 3, max: 3 },
      serviceAccount: 'main-kafka',
      ownClaims: [{ name: 'data-0', storage: '500Gi', storageClass: 'fast' }],
      labels: { 'strimzi.io/name': 'main-kafka', 'strimzi.io/pool-name': 'broker', 'strimzi.io/broker-role': 'true' },
      spec: { containers: [{ name: 'kafka', resources: { requests: { cpu: 2 } } }] },
    })
  })

  test('runs its operators, exporter and Cruise Control beside them', () => {
    expect(ports(world, 'main-kafka-exporter')).toEqual([9404])
    expect(ports(world, 'main-cruise-control')).toEqual([9090])
    expect(group(world, 'main-entity-operator').labels['strimzi.io/name']).toBe('main-entity-operator')
  })

  test('makes bootstrap Services and certificates of the cluster', () => {
    expect(service(world, 'main-kafka-bootstrap')?.ports?.map(({ port }) => port)).toEqual([9091, 9093])
    expect(service(world, 'main-kafka-brokers')?.isHeadless).toBe(true)
    expect(keys(world, 'main-cluster-ca-cert')).toContain('ca.crt')
  })

  test.each([
    ['tls', 'user.key'],
    ['scram-sha-512', 'sasl.jaas.config'],
  ])('a user with %s has a Secret with %s', (type, key) => {
    const user = object('kafka.strimzi.io/v1', 'KafkaUser', 'web', `{ authentication: { type: ${type} } }`)
    expect(keys(worldOf(user), 'web')).toContain(key)
  })

  test('still means what clusters with ZooKeeper were', () => {
    const old = worldOf(
      object(
        'kafka.strimzi.io/v1beta2',
        'Kafka',
        'main',
        '{ kafka: { replicas: 3, listeners: [] }, zookeeper: { replicas: 3, storage: { type: persistent-claim, size: 1Gi } } }',
      ),
    )
    expect(ports(old, 'main-zookeeper')).toEqual([2181, 2888, 3888])
    expect(group(old, 'main-kafka').replicas.count).toBe(3)
    expect(service(old, 'main-zookeeper-client')).toBeDefined()
  })
})

describe('CloudNativePG', () => {
  const cluster = (spec: string) =>
    worldOf(
      object(
        'postgresql.cnpg.io/v1',
        'Cluster',
        'pg',
        `{ instances: 3, storage: { size: 10Gi, storageClass: fast }, walStorage: { size: 5Gi }, ${spec} }`,
      ),
    )

  test('runs instances with the ports of PostgreSQL, metrics and status', () => {
    const world = cluster('bootstrap: { initdb: { database: a } }')
    expect(ports(world, 'pg')).toEqual([5432, 9187, 8000])
    expect(group(world, 'pg')).toMatchObject({
      labels: { 'cnpg.io/cluster': 'pg', 'cnpg.io/podRole': 'instance' },
      serviceAccount: 'pg',
      ownClaims: [
        { name: 'data', storage: '10Gi', storageClass: 'fast' },
        { name: 'wal', storage: '5Gi' },
      ],
    })
  })

  test('makes three Services, and no more than are left on', () => {
    const names = (world: World) => world.provided.filter(({ kind }) => kind === 'Service').map(({ name }) => name)
    expect(names(cluster('bootstrap: {}'))).toEqual(['pg-rw', 'pg-ro', 'pg-r'])
    expect(names(cluster('managed: { services: { disabledDefaultServices: [ro, r] } }'))).toEqual(['pg-rw'])
  })

  test('makes the Secrets that it is not given', () => {
    expect(keys(cluster('bootstrap: { initdb: { database: a } }'), 'pg-app')).toContain('uri')
    expect(keys(cluster('bootstrap: { initdb: { secret: { name: own } } }'), 'pg-app')).toBeUndefined()
    expect(keys(cluster('certificates: { serverTLSSecret: own }'), 'pg-server')).toBeUndefined()
    expect(keys(cluster('enableSuperuserAccess: true'), 'pg-superuser')).toContain('password')
  })

  test('keeps instances apart as strictly as it says', () => {
    expect(group(cluster('affinity: { podAntiAffinityType: required }'), 'pg').spec).toMatchObject({
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }],
        },
      },
    })
  })

  test('puts PgBouncer behind a Service of its own', () => {
    const world = worldOf(object('postgresql.cnpg.io/v1', 'Pooler', 'pool', '{ instances: 2, cluster: { name: pg } }'))
    expect(ports(world, 'pool')).toEqual([5432, 9127])
    expect(group(world, 'pool').labels).toMatchObject({ 'cnpg.io/poolerName': 'pool', 'cnpg.io/cluster': 'pg' })
    expect(service(world, 'pool')?.selector).toEqual({ 'cnpg.io/poolerName': 'pool' })
  })
})

describe('Altinity', () => {
  const installation = (configuration: string, rest = '') =>
    worldOf(
      object(
        'clickhouse.altinity.com/v1',
        'ClickHouseInstallation',
        'ch',
        `{ configuration: ${configuration} ${rest} }`,
      ),
    )

  test('runs a pod for each replica of each shard, each with a Service', () => {
    const world = installation('{ clusters: [{ name: main, layout: { shardsCount: 3, replicasCount: 2 } }] }')
    expect(group(world, 'chi-ch-main').replicas.count).toBe(6)
    expect(ports(world, 'chi-ch-main')).toEqual([8123, 9000, 9009])
    expect(service(world, 'chi-ch-main-2-1')?.isHeadless).toBe(true)
    expect(service(world, 'clickhouse-ch')?.ports?.map(({ port }) => port)).toEqual([8123, 9000])
  })

  test('opens the ports that settings, TLS and files say', () => {
    const world = installation(
      '{ settings: { prometheus/port: 9363 }, files: { config.d/x.xml: "<interserver_http_port remove=\\"1\\"/><interserver_https_port>9010</interserver_https_port>" }, clusters: [{ name: main, secure: "yes", insecure: "no" }] }',
    )
    expect(ports(world, 'chi-ch-main').toSorted((a, b) => a - b)).toEqual([8443, 9010, 9363, 9440])
  })

  test('gives each pod the claims that its templates name', () => {
    const world = installation(
      '{ clusters: [{ name: main }] }',
      ', defaults: { templates: { dataVolumeClaimTemplate: data } }, templates: { volumeClaimTemplates: [{ name: data, spec: { resources: { requests: { storage: 1Ti } }, storageClassName: fast } }, { name: unused, spec: {} }] }',
    )
    expect(group(world, 'chi-ch-main').ownClaims).toEqual([{ name: 'data', storage: '1Ti', storageClass: 'fast' }])
  })

  test('runs keepers behind keeper-<name>', () => {
    const world = worldOf(
      object(
        'clickhouse-keeper.altinity.com/v1',
        'ClickHouseKeeperInstallation',
        'k',
        '{ configuration: { clusters: [{ name: c, layout: { replicasCount: 3 } }], settings: { prometheus/port: 7000 } } }',
      ),
    )
    expect(ports(world, 'chk-k-c')).toEqual([7000, 2181, 9444])
    expect(service(world, 'keeper-k')?.isHeadless).toBe(true)
    expect(group(world, 'chk-k-c').labels['clickhouse-keeper.altinity.com/chk']).toBe('k')
  })
})

describe('the Redis operator', () => {
  const cluster = (spec: string) =>
    worldOf(object('redis.redis.opstreelabs.in/v1beta2', 'RedisCluster', 'r', `{ ${spec} }`))
  const storage = 'storage: { volumeClaimTemplate: { spec: { resources: { requests: { storage: 1Gi } } } } }'

  test('runs as many followers as leaders', () => {
    const world = cluster('clusterSize: 3, redisExporter: { enabled: true }')
    expect(world.pods.map(({ name, replicas }) => [name, replicas.count])).toEqual([
      ['r-leader', 3],
      ['r-follower', 3],
    ])
    expect(ports(world, 'r-leader')).toEqual([6379, 16379, 9121])
    expect(group(world, 'r-leader').labels).toEqual({ app: 'r-leader', redis_setup_type: 'cluster', role: 'leader' })
  })

  test('claims nothing unless persistence is on', () => {
    expect(group(cluster(storage), 'r-leader').ownClaims).toEqual([])
    expect(group(cluster(`persistenceEnabled: true, ${storage}`), 'r-leader').ownClaims).toHaveLength(1)
  })

  test('makes Services for leaders, followers and metrics', () => {
    const names = cluster('redisExporter: { enabled: true }')
      .provided.filter(({ kind }) => kind === 'Service')
      .map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining(['r-leader', 'r-follower-headless', 'r-master', 'r-leader-metrics', 'r-follower-metrics']),
    )
  })

  test('names the one that is written to of a replication', () => {
    const world = worldOf(object('redis.redis.opstreelabs.in/v1beta2', 'RedisReplication', 'r', '{ clusterSize: 2 }'))
    expect(service(world, 'r-master')?.ports?.map(({ port }) => port)).toEqual([6379])
    expect(ports(world, 'r')).toEqual([6379])
  })
})

describe('the Prometheus operator', () => {
  test('runs each replica with a volume of its own', () => {
    const world = worldOf(
      object(
        'monitoring.coreos.com/v1',
        'Prometheus',
        'main',
        '{ replicas: 2, serviceAccountName: p, storage: { volumeClaimTemplate: { spec: { resources: { requests: { storage: 50Gi } } } } } }',
      ),
    )
    expect(group(world, 'prometheus-main')).toMatchObject({
      replicas: { count: 2 },
      serviceAccount: 'p',
      labels: { prometheus: 'main', 'app.kubernetes.io/name': 'prometheus' },
      ownClaims: [{ storage: '50Gi' }],
    })
    expect(service(world, 'prometheus-operated')?.ports?.map(({ port }) => port)).toEqual([9090])
  })

  test('lets Alertmanagers gossip over TCP and UDP', () => {
    const world = worldOf(object('monitoring.coreos.com/v1', 'Alertmanager', 'main', '{ replicas: 3 }'))
    expect(
      group(world, 'alertmanager-main')
        .ports.filter(({ port }) => port === 9094)
        .map(({ protocol }) => protocol),
    ).toEqual(['TCP', 'UDP'])
  })
})

describe('secrets from elsewhere', () => {
  test('a certificate is a pair with its authority', () => {
    const world = worldOf(
      object('cert-manager.io/v1', 'Certificate', 'c', '{ secretName: tls, keystores: { pkcs12: { create: true } } }'),
    )
    expect(keys(world, 'tls')).toEqual(['tls.crt', 'tls.key', 'ca.crt', 'keystore.p12', 'truststore.p12'])
  })

  test('the authority of the whole cluster keeps its account where cert-manager runs', () => {
    const world = worldOf(
      '{ apiVersion: cert-manager.io/v1, kind: ClusterIssuer, metadata: { name: le }, spec: { acme: { privateKeySecretRef: { name: account } } } }',
    )
    expect(world.exists('Secret', 'cert-manager', 'account')).toBe(true)
  })

  test.each([
    ['{ data: [{ secretKey: a }] }', ['a']],
    ['{ data: [{ secretKey: a }], target: { template: { data: { b: x } } } }', ['b']],
    ['{ data: [{ secretKey: a }], target: { template: { mergePolicy: Merge, data: { b: x } } } }', ['a', 'b']],
    ['{ dataFrom: [{ extract: { key: k } }] }', undefined],
  ])('an ExternalSecret %s has the keys %s', (spec, expected) => {
    const world = worldOf(object('external-secrets.io/v1', 'ExternalSecret', 's', spec))
    expect(world.exists('Secret', 'data', 's')).toBe(true)
    expect(keys(world, 's')).toEqual(expected)
  })

  test('an ExternalSecret that only adds to a Secret does not make one', () => {
    const world = worldOf(
      object('external-secrets.io/v1', 'ExternalSecret', 's', '{ target: { creationPolicy: Merge } }'),
    )
    expect(world.exists('Secret', 'data', 's')).toBe(false)
  })
})
