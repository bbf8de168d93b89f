import type { Json, JsonObject, Loaded, OwnClaim, PodGroup, PodPort } from '../types.ts'
import { labelsAt, listAt, numberAt, objectAt, pick, textAt, valueAt } from '../values.ts'
import { holder, type Model, type Modelled, made, namespaceOf, service, tcp, together } from './modelled.ts'
import { kafkaCompanions } from './strimzi-companions.ts'
import { strimziContainer, strimziLabels, strimziPod } from './strimzi-pod.ts'

/** A Kafka cluster: its brokers and controllers (or ZooKeeper, before 0.46) and what runs beside them. */
export const kafka: Model = (object, siblings) => {
  const name = object.ref.name
  const pools = siblings('KafkaNodePool', 'kafka.strimzi.io', object.ref.namespace).filter(
    ({ manifest }) => manifest.metadata.labels?.['strimzi.io/cluster'] === name,
  )
  const nodes =
    pools.length > 0
      ? pools.map((pool) => nodeGroup(object, pool))
      : numberAt(object.manifest, 'spec.kafka.replicas') === undefined
        ? []
        : [nodeGroup(object, undefined)]
  return together([{ pods: nodes, provided: kafkaObjects(object) }, zookeeper(object), kafkaCompanions(object)])
}

/** Credentials of a KafkaUser are a Secret of its name. */
export const kafkaUser: Model = (object) => {
  const kind = textAt(object.manifest, 'spec.authentication.type')
  const keys =
    kind === 'tls'
      ? ['ca.crt', 'user.crt', 'user.key', 'user.p12', 'user.password']
      : kind === 'scram-sha-512'
        ? ['password', 'sasl.jaas.config']
        : undefined
  return { pods: [], provided: keys === undefined ? [] : [holder('Secret', object, object.ref.name, keys)] }
}

const nodeGroup = (object: Loaded, pool: Loaded | undefined): PodGroup => {
  const owner = pool ?? object
  const part = objectAt(object.manifest, 'spec.kafka')
  const own = pool === undefined ? part : objectAt(pool.manifest, 'spec')
  const template = { ...objectAt(part, 'template'), ...objectAt(own, 'template') }
  const roles = pool === undefined ? ['broker'] : listAt(own, 'roles')
  const count = numberAt(own, 'replicas') ?? 1
  const sized = 'resources' in own ? own : part
  return {
    owner,
    path: pool === undefined ? 'spec.kafka' : 'spec',
    modelled: true,
    name: `${object.ref.name}-${pool?.ref.name ?? 'kafka'}`,
    namespace: namespaceOf(object),
    labels: {
      ...(pool?.manifest.metadata.labels ?? {}),
      ...strimziLabels(object, 'kafka', 'kafka'),
      ...(pool === undefined ? {} : { 'strimzi.io/pool-name': pool.ref.name }),
      'strimzi.io/broker-role': String(roles.includes('broker')),
      'strimzi.io/controller-role': String(roles.includes('controller')),
      ...labelsAt(template, 'pod.metadata.labels'),
    },
    replicas: { count, max: count },
    spec: strimziPod(template, [
      strimziContainer('kafka', { ...pick(part, ['image']), ...sized }, objectAt(template, 'kafkaContainer')),
    ]),
    serviceAccount: `${object.ref.name}-kafka`,
    ports: nodePorts(part, roles),
    ownClaims: claimsOf(objectAt(own, 'storage')),
  }
}

/** 9090 control plane, 9091 replication, 8443 the agent that the operator asks, 9404 metrics. */
const nodePorts = (part: JsonObject, roles: readonly Json[]): readonly PodPort[] => [
  ...(roles.includes('controller') ? [tcp(9090, 'tcp-ctrlplane')] : []),
  ...(roles.includes('broker') ? [tcp(9091, 'tcp-replication')] : []),
  tcp(8443, 'tcp-kafkaagent'),
  ...(roles.includes('broker') ? listenerPorts(part) : []),
  ...(valueAt(part, 'metricsConfig') === undefined ? [] : [tcp(9404, 'tcp-prometheus')]),
  ...(valueAt(part, 'jmxOptions') === undefined ? [] : [tcp(9999, 'tcp-jmx')]),
]

const listenerPorts = (part: JsonObject): readonly PodPort[] =>
  listAt(part, 'listeners').flatMap((listener) => {
    const port = numberAt(listener, 'port')
    return port === undefined ? [] : [tcp(port, `tcp-${textAt(listener, 'name') ?? port}`)]
  })

const claimsOf = (storage: JsonObject): readonly OwnClaim[] => {
  const volumes = storage.type === 'jbod' ? listAt(storage, 'volumes') : [storage]
  return volumes.flatMap((volume) =>
    textAt(volume, 'type') === 'persistent-claim'
      ? [
          {
            name: textAt(volume, 'id') === undefined ? 'data' : `data-${textAt(volume, 'id')}`,
            storage: textAt(volume, 'size') ?? '0',
            storageClass: textAt(volume, 'class'),
          },
        ]
      : [],
  )
}

const kafkaObjects = (object: Loaded): Modelled['provided'] => {
  const name = object.ref.name
  const selector = {
    'strimzi.io/cluster': name,
    'strimzi.io/kind': 'Kafka',
    'strimzi.io/name': `${name}-kafka`,
    'strimzi.io/broker-role': 'true',
  }
  const listeners = listenerPorts(objectAt(object.manifest, 'spec.kafka'))
  const replication = tcp(9091, 'tcp-replication')
  const authority = ['ca.crt', 'ca.p12', 'ca.password']
  return [
    service(object, { name: `${name}-kafka-bootstrap`, selector, ports: [replication, ...listeners] }),
    service(object, {
      name: `${name}-kafka-brokers`,
      selector: { 'strimzi.io/cluster': name, 'strimzi.io/kind': 'Kafka', 'strimzi.io/name': `${name}-kafka` },
      ports: [tcp(9090, 'tcp-ctrlplane'), replication, tcp(8443, 'tcp-kafkaagent'), ...listeners],
      isHeadless: true,
    }),
    ...listAt(object.manifest, 'spec.kafka.listeners').flatMap((listener) =>
      externalBootstrap(object, listener, selector),
    ),
    holder('Secret', object, `${name}-cluster-ca-cert`, authority),
    holder('Secret', object, `${name}-clients-ca-cert`, authority),
    holder('Secret', object, `${name}-cluster-ca`, ['ca.key']),
    holder('Secret', object, `${name}-clients-ca`, ['ca.key']),
    holder('Secret', object, `${name}-cluster-operator-certs`, undefined),
    made('ServiceAccount', object, `${name}-kafka`),
    made('PodDisruptionBudget', object, `${name}-kafka`),
  ]
}

/** Listeners that are no `internal` ones have a bootstrap Service of their own. */
const externalBootstrap = (object: Loaded, listener: Json, selector: Readonly<Record<string, string>>) => {
  const port = numberAt(listener, 'port')
  const kind = textAt(listener, 'type')
  return port === undefined || kind === undefined || kind === 'internal'
    ? []
    : [
        service(object, {
          name: `${object.ref.name}-kafka-${textAt(listener, 'name')}-bootstrap`,
          selector,
          ports: [tcp(port, `tcp-${textAt(listener, 'name')}`)],
        }),
      ]
}

const zookeeper = (object: Loaded): Modelled => {
  const part = objectAt(object.manifest, 'spec.zookeeper')
  const count = numberAt(part, 'replicas')
  if (count === undefined) return { pods: [], provided: [] }
  const name = `${object.ref.name}-zookeeper`
  const selector = { 'strimzi.io/cluster': object.ref.name, 'strimzi.io/kind': 'Kafka', 'strimzi.io/name': name }
  const ports = [tcp(2181, 'tcp-clients'), tcp(2888, 'tcp-clustering'), tcp(3888, 'tcp-election')]
  const template = objectAt(part, 'template')
  const group: PodGroup = {
    owner: object,
    path: 'spec.zookeeper',
    modelled: true,
    name,
    namespace: namespaceOf(object),
    labels: { ...strimziLabels(object, 'zookeeper', 'zookeeper'), ...labelsAt(template, 'pod.metadata.labels') },
    replicas: { count, max: count },
    spec: strimziPod(template, [strimziContainer('zookeeper', part, objectAt(template, 'zookeeperContainer'))]),
    serviceAccount: name,
    ports: [...ports, ...(valueAt(part, 'metricsConfig') === undefined ? [] : [tcp(9404, 'tcp-prometheus')])],
    ownClaims: claimsOf(objectAt(part, 'storage')),
  }
  return {
    pods: [group],
    provided: [
      service(object, { name: `${name}-client`, selector, ports: [tcp(2181, 'tcp-clients')] }),
      service(object, { name: `${name}-nodes`, selector, ports, isHeadless: true }),
      made('ServiceAccount', object, name),
      made('PodDisruptionBudget', object, name),
    ],
  }
}
