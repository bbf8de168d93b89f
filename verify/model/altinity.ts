import type { Json, JsonObject, Loaded, OwnClaim, PodGroup, PodPort, Provided } from '../types.ts'
import { labelsAt, listAt, numberAt, objectAt, pick, textAt, valueAt } from '../values.ts'
import {
  claimOf,
  containerPorts,
  type Model,
  made,
  namespaceOf,
  service,
  tcp,
  together,
  withPorts,
} from './modelled.ts'

/** What differs between ClickHouse and Keeper for the same operator (`pkg/model/{chi,chk}/namer/patterns.go`). */
type Product = {
  readonly labels: string
  readonly kindLabel: string
  readonly hostPrefix: string
  readonly servicePrefix: string
  readonly container: string
  readonly ports: (cluster: JsonObject, settings: JsonObject, removed: ReadonlySet<string>) => readonly PodPort[]
  readonly servicePorts: (ports: readonly PodPort[]) => readonly PodPort[]
}

const no = (value: Json | undefined) => ['no', 'false', '0', 'off', 'disabled'].includes(String(value).toLowerCase())
const yes = (value: Json | undefined) => value !== undefined && value !== null && !no(value)

/** Ports that a setting of ClickHouse opens, with the names that the operator gives to those it knows. */
const portSettings: readonly (readonly [setting: string, name: string | undefined])[] = [
  ['http_port', 'http'],
  ['https_port', 'https'],
  ['tcp_port', 'tcp'],
  ['tcp_port_secure', 'secureclient'],
  ['interserver_http_port', 'interserver'],
  ['interserver_https_port', undefined],
  ['mysql_port', undefined],
  ['postgresql_port', undefined],
  ['grpc_port', undefined],
  ['prometheus/port', undefined],
]

const settingPorts = (settings: JsonObject): readonly PodPort[] =>
  portSettings.flatMap(([setting, name]) => {
    const port = Number(settings[setting] ?? Number.NaN)
    return Number.isInteger(port) ? [tcp(port, name)] : []
  })

/** Settings of ports that the installation's own files give or take away: `<https_port>8443</https_port>`. */
const fileSettings = (files: JsonObject): { readonly given: JsonObject; readonly removed: ReadonlySet<string> } => {
  const text = Object.values(files)
    .filter((file) => typeof file === 'string')
    .join('\n')
  const given = [...text.matchAll(/<(\w+_port|\w+_port_secure)>(\d+)</g)].map(([, name = '', port]) => [
    name,
    Number(port),
  ])
  const removed = [...text.matchAll(/<(\w+_port|\w+_port_secure)\s+remove=/g)].map(([, name = '']) => name)
  return { given: Object.fromEntries(given), removed: new Set(removed) }
}

const clickhouse: Product = {
  labels: 'clickhouse.altinity.com',
  kindLabel: 'chi',
  hostPrefix: 'chi',
  servicePrefix: 'clickhouse',
  container: 'clickhouse',
  ports: (cluster, settings, removed) =>
    withPorts(settingPorts(settings), [
      ...(no(cluster.insecure) ? [] : [tcp(8123, 'http'), tcp(9000, 'tcp')]),
      ...(yes(cluster.secure) ? [tcp(8443, 'https'), tcp(9440, 'secureclient')] : []),
      ...(removed.has('interserver_http_port') ? [] : [tcp(9009, 'interserver')]),
    ]),
  servicePorts: (ports) => ports.filter(({ name }) => name === 'http' || name === 'tcp'),
}

const keeper: Product = {
  labels: 'clickhouse-keeper.altinity.com',
  kindLabel: 'chk',
  hostPrefix: 'chk',
  servicePrefix: 'keeper',
  container: 'clickhouse-keeper',
  ports: (cluster, settings) =>
    withPorts(settingPorts({ 'prometheus/port': settings['prometheus/port'] }), [
      ...(no(cluster.insecure) ? [] : [tcp(Number(settings['keeper_server/tcp_port'] ?? 2181), 'zk')]),
      ...(yes(cluster.secure) ? [tcp(Number(settings['keeper_server/tcp_port_secure'] ?? 2281), 'zk-secure')] : []),
      tcp(9444, 'raft'),
    ]),
  servicePorts: (ports) => ports.filter(({ name }) => name !== undefined),
}

/** ClickHouse as the Altinity operator runs it. */
export const clickHouseInstallation: Model = (object) => installation(object, clickhouse)

/** ClickHouse Keeper as the Altinity operator runs it. */
export const clickHouseKeeper: Model = (object) => installation(object, keeper)

const installation = (object: Loaded, product: Product) => {
  const spec = objectAt(object.manifest, 'spec')
  const written = listAt(spec, 'configuration.clusters')
  const clusters = written.length > 0 ? written : [{ name: 'default' }]
  const models = clusters.map((cluster) => clusterModel(object, spec, objectAt(cluster, ''), product))
  const ports = models.flatMap(({ pods }) => pods.flatMap((group) => group.ports))
  return together([...models, { pods: [], provided: rootServices(object, spec, product, withPorts([], ports)) }])
}

const clusterModel = (object: Loaded, spec: JsonObject, cluster: JsonObject, product: Product) => {
  const name = textAt(cluster, 'name') ?? 'default'
  const templates = { ...objectAt(spec, 'defaults.templates'), ...objectAt(cluster, 'templates') }
  const podTemplate = named(spec, 'templates.podTemplates', templates.podTemplate)
  const podSpec = objectAt(podTemplate, 'spec')
  const files = fileSettings({ ...objectAt(spec, 'configuration.files'), ...objectAt(cluster, 'files') })
  const settings = { ...objectAt(spec, 'configuration.settings'), ...objectAt(cluster, 'settings'), ...files.given }
  const hosts = hostsOf(cluster)
  const labels = { ...baseLabels(object, product), [`${product.labels}/cluster`]: name }
  const containers = listAt(podSpec, 'containers')
  const group: PodGroup = {
    owner: object,
    path: 'spec',
    modelled: true,
    name: `${product.hostPrefix}-${object.ref.name}-${name}`,
    namespace: namespaceOf(object),
    labels: { ...labelsAt(object.manifest, 'metadata.labels'), ...labelsAt(podTemplate, 'metadata.labels'), ...labels },
    replicas: { count: hosts.length, max: hosts.length },
    spec: {
      ...podSpec,
      ...affinityOf(object, podTemplate, podSpec, product),
      containers: containers.length > 0 ? containers : [{ name: product.container }],
    },
    serviceAccount: textAt(podSpec, 'serviceAccountName') ?? 'default',
    ports: withPorts(containerPorts(containers), product.ports(cluster, settings, files.removed)),
    ownClaims: claimsOf(spec, templates, containers),
  }
  const hostPorts = product.ports(cluster, settings, files.removed)
  const provided: readonly Provided[] = [
    ...hosts.map((host) =>
      service(object, { name: `${group.name}-${host}`, selector: labels, ports: hostPorts, isHeadless: true }),
    ),
    ...(no(cluster.pdbManaged) ? [] : [made('PodDisruptionBudget', object, group.name)]),
  ]
  return { pods: [group], provided }
}

const baseLabels = (object: Loaded, product: Product): Readonly<Record<string, string>> => ({
  [`${product.labels}/app`]: 'chop',
  [`${product.labels}/${product.kindLabel}`]: object.ref.name,
  [`${product.labels}/namespace`]: namespaceOf(object),
  [`${product.labels}/ready`]: 'yes',
})

/** `<shard>-<replica>` of every host. */
const hostsOf = (cluster: JsonObject): readonly string[] => {
  const shards = listAt(cluster, 'layout.shards')
  const shardCount = Math.max(shards.length, numberAt(cluster, 'layout.shardsCount') ?? 1)
  const replicaCount = Math.max(
    listAt(cluster, 'layout.replicas').length,
    numberAt(cluster, 'layout.replicasCount') ?? 1,
  )
  return Array.from({ length: shardCount }, (_, shard) => {
    const own = numberAt(shards[shard], 'replicasCount') ?? (listAt(shards[shard], 'replicas').length || replicaCount)
    return Array.from({ length: own }, (__, replica) => `${shard}-${replica}`)
  }).flat()
}

const named = (spec: JsonObject, list: string, name: Json | undefined): JsonObject =>
  objectAt(
    listAt(spec, list).find((template) => textAt(template, 'name') === name && name !== undefined),
    '',
  )

/** `podDistribution` keeps hosts apart; only what keeps all hosts of one installation apart is a rule for all of them. */
const affinityOf = (object: Loaded, template: JsonObject, podSpec: JsonObject, product: Product): JsonObject => {
  const terms = listAt(template, 'podDistribution').flatMap((distribution) => {
    const kind = textAt(distribution, 'type')
    return kind === 'ClickHouseAntiAffinity' || kind === 'OnePerHost'
      ? [
          {
            topologyKey: textAt(distribution, 'topologyKey') ?? 'kubernetes.io/hostname',
            labelSelector: { matchLabels: baseLabels(object, product) },
          },
        ]
      : []
  })
  if (terms.length === 0) return pick(podSpec, ['affinity'])
  const affinity = objectAt(podSpec, 'affinity')
  const own = objectAt(affinity, 'podAntiAffinity')
  return {
    affinity: {
      ...affinity,
      podAntiAffinity: {
        ...own,
        requiredDuringSchedulingIgnoredDuringExecution: [
          ...listAt(own, 'requiredDuringSchedulingIgnoredDuringExecution'),
          ...terms,
        ],
      },
    },
  }
}

const claimsOf = (spec: JsonObject, templates: JsonObject, containers: readonly Json[]): readonly OwnClaim[] => {
  const mounted = containers.flatMap((container) =>
    listAt(container, 'volumeMounts').map((mount) => textAt(mount, 'name')),
  )
  const wanted = new Set([
    templates.dataVolumeClaimTemplate,
    templates.logVolumeClaimTemplate,
    templates.volumeClaimTemplate,
    ...mounted,
  ])
  return listAt(spec, 'templates.volumeClaimTemplates').flatMap((template) => {
    const name = textAt(template, 'name')
    return name !== undefined && wanted.has(name) ? [claimOf(name, template)] : []
  })
}

/** The Service of the whole installation: as its templates say, else headless with the plain ports. */
const rootServices = (
  object: Loaded,
  spec: JsonObject,
  product: Product,
  ports: readonly PodPort[],
): readonly Provided[] => {
  const plain = `${product.servicePrefix}-${object.ref.name}`
  const selector = baseLabels(object, product)
  const wanted = [
    ...listAt(spec, 'defaults.templates.serviceTemplates'),
    ...[valueAt(spec, 'defaults.templates.serviceTemplate')].filter((name) => name !== undefined),
  ]
  const templates = listAt(spec, 'templates.serviceTemplates').filter((template) =>
    wanted.includes(textAt(template, 'name') ?? ''),
  )
  if (templates.length === 0)
    return [service(object, { name: plain, selector, ports: product.servicePorts(ports), isHeadless: true })]
  return templates.map((template) =>
    service(object, {
      name: (textAt(template, 'generateName') ?? plain).replaceAll(`{${product.kindLabel}}`, object.ref.name),
      selector,
      ports: listAt(template, 'spec.ports').map((port) => ({
        name: textAt(port, 'name'),
        port: numberAt(port, 'port') ?? 0,
        targetPort: numberAt(port, 'targetPort') ?? textAt(port, 'targetPort') ?? numberAt(port, 'port') ?? 0,
      })),
      isHeadless: textAt(template, 'spec.clusterIP') === 'None',
    }),
  )
}
