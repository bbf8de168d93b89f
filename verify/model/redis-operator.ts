import type { JsonObject, Loaded, PodGroup, Provided } from '../types.ts'
import { labelsAt, listAt, numberAt, objectAt, pick, textAt, valueAt } from '../values.ts'
import {
  claimOf,
  containerPorts,
  type Model,
  type Modelled,
  made,
  namespaceOf,
  service,
  tcp,
  together,
} from './modelled.ts'

/** The port of `redis_exporter` unless the custom resource says another. */
const EXPORTER_PORT = 9121

/** Cluster nodes talk to one another on the port of clients and 10000 above it. */
const BUS_OFFSET = 10_000

type Part = {
  readonly name: string
  readonly setup: 'cluster' | 'replication' | 'sentinel' | 'standalone'
  readonly role: string
  readonly count: number
  /** What places and secures these pods: a part of the spec, or the spec itself. */
  readonly placed: JsonObject
  readonly path: string
}

/** A Redis Cluster: `clusterSize` leaders and as many followers. */
export const redisCluster: Model = (object) => {
  const size = numberAt(object.manifest, 'spec.clusterSize') ?? 3
  const parts = (['leader', 'follower'] as const).map((role) => {
    const field = role === 'leader' ? 'redisLeader' : 'redisFollower'
    const placed = objectAt(object.manifest, `spec.${field}`)
    return redisPart(object, {
      name: `${object.ref.name}-${role}`,
      setup: 'cluster',
      role,
      count: numberAt(placed, 'replicas') ?? size,
      placed,
      path: 'spec',
    })
  })
  const client = tcp(clientPort(object), 'redis-client')
  return together([
    ...parts,
    {
      pods: [],
      provided: [
        service(object, {
          name: `${object.ref.name}-master`,
          selector: { ...selectorOf(`${object.ref.name}-leader`, 'cluster', 'leader') },
          ports: [client],
        }),
      ],
    },
  ])
}

/** One Redis that is written to and others that follow it. */
export const redisReplication: Model = (object) => {
  const name = object.ref.name
  const part = redisPart(object, {
    name,
    setup: 'replication',
    role: 'replication',
    count: numberAt(object.manifest, 'spec.clusterSize') ?? 3,
    placed: objectAt(object.manifest, 'spec'),
    path: 'spec',
  })
  const selector = selectorOf(name, 'replication', 'replication')
  const ports = [tcp(clientPort(object), 'redis-client')]
  return together([
    part,
    {
      pods: [],
      provided: ['master', 'replica'].map((suffix) => service(object, { name: `${name}-${suffix}`, selector, ports })),
    },
  ])
}

/** Sentinels, which choose the one that is written to. */
export const redisSentinel: Model = (object) =>
  redisPart(object, {
    name: `${object.ref.name}-sentinel`,
    setup: 'sentinel',
    role: 'sentinel',
    count: numberAt(object.manifest, 'spec.clusterSize') ?? 3,
    placed: objectAt(object.manifest, 'spec'),
    path: 'spec',
  })

/** One Redis alone. */
export const redisStandalone: Model = (object) =>
  redisPart(object, {
    name: object.ref.name,
    setup: 'standalone',
    role: 'standalone',
    count: 1,
    placed: objectAt(object.manifest, 'spec'),
    path: 'spec',
  })

const selectorOf = (name: string, setup: Part['setup'], role: string) => ({ app: name, redis_setup_type: setup, role })

const clientPort = (object: Loaded): number => numberAt(object.manifest, 'spec.port') ?? 6379

const exporterPort = (object: Loaded): number | undefined =>
  valueAt(object.manifest, 'spec.redisExporter.enabled') === true
    ? (numberAt(object.manifest, 'spec.redisExporter.port') ?? EXPORTER_PORT)
    : undefined

const redisPart = (object: Loaded, part: Part): Modelled => {
  const spec = objectAt(object.manifest, 'spec')
  const metrics = exporterPort(object)
  const port = part.setup === 'sentinel' ? 26379 : clientPort(object)
  const group: PodGroup = {
    owner: object,
    path: part.path,
    modelled: true,
    name: part.name,
    namespace: namespaceOf(object),
    labels: { ...selectorOf(part.name, part.setup, part.role), ...labelsAt(object.manifest, 'metadata.labels') },
    replicas: { count: part.count, max: part.count },
    spec: podSpec(spec, part),
    serviceAccount: textAt(spec, 'serviceAccountName') ?? 'default',
    ports: [
      tcp(port, part.setup === 'sentinel' ? 'sentinel-client' : 'redis-client'),
      ...(part.setup === 'cluster' ? [tcp(port + BUS_OFFSET, 'redis-bus')] : []),
      ...(metrics === undefined ? [] : [tcp(metrics, 'redis-exporter')]),
      ...containerPorts(listAt(spec, 'sidecars')),
    ],
    ownClaims: claimsOf(object, spec, part),
  }
  return { pods: [group], provided: objectsOf(object, part, port, metrics) }
}

const podSpec = (spec: JsonObject, { placed }: Part): JsonObject => {
  const common = objectAt(spec, 'kubernetesConfig')
  const exporter = objectAt(spec, 'redisExporter')
  return {
    ...pick(spec, ['priorityClassName', 'hostNetwork']),
    ...pick(placed, [
      'affinity',
      'nodeSelector',
      'tolerations',
      'topologySpreadConstraints',
      'terminationGracePeriodSeconds',
    ]),
    ...('podSecurityContext' in spec ? { securityContext: spec.podSecurityContext } : {}),
    ...pick(common, ['imagePullSecrets']),
    containers: [
      {
        name: 'redis',
        ...pick(common, ['image', 'imagePullPolicy', 'resources']),
        ...pick(placed, ['resources', 'securityContext', 'livenessProbe', 'readinessProbe']),
      },
      ...(exporter.enabled === true
        ? [
            {
              name: 'redis-exporter',
              ...pick(exporter, ['image', 'imagePullPolicy', 'resources', 'securityContext', 'env']),
            },
          ]
        : []),
      ...listAt(spec, 'sidecars'),
    ],
  }
}

/** Without `persistenceEnabled` a cluster has no claims, whatever `storage` says. */
const claimsOf = (object: Loaded, spec: JsonObject, { setup, name }: Part): PodGroup['ownClaims'] => {
  const storage = objectAt(spec, 'storage')
  if (setup === 'cluster' && valueAt(spec, 'persistenceEnabled') !== true) return []
  const template = valueAt(storage, 'volumeClaimTemplate')
  const nodes = valueAt(storage, 'nodeConfVolumeClaimTemplate')
  return [
    ...(template === undefined ? [] : [claimOf(name, template)]),
    ...(object.ref.kind === 'RedisCluster' && storage.nodeConfVolume === true && nodes !== undefined
      ? [claimOf('node-conf', nodes)]
      : []),
  ]
}

const objectsOf = (object: Loaded, part: Part, port: number, metrics: number | undefined): readonly Provided[] => {
  const selector = selectorOf(part.name, part.setup, part.role)
  const client = tcp(port, part.setup === 'sentinel' ? 'sentinel-client' : 'redis-client')
  const exporter = metrics === undefined ? [] : [tcp(metrics, 'redis-exporter')]
  const budget = part.setup === 'cluster' ? objectAt(part.placed, 'pdb') : objectAt(object.manifest, 'spec.pdb')
  return [
    service(object, { name: part.name, selector, ports: [client, ...exporter] }),
    service(object, { name: `${part.name}-headless`, selector, ports: [client], isHeadless: true }),
    service(object, { name: `${part.name}-additional`, selector, ports: [client] }),
    ...(metrics === undefined
      ? []
      : [service(object, { name: `${part.name}-metrics`, selector, ports: [tcp(metrics, 'redis-exporter')] })]),
    ...(budget.enabled === true ? [made('PodDisruptionBudget', object, part.name)] : []),
  ]
}
