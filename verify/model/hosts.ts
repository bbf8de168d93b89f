import { parse } from 'yaml'
import type { Loaded, PodGroup, World } from '../types.ts'
import { isObject, labelsAt, listAt, numberAt, objectAt, textAt } from '../values.ts'
import { type ClusterHost, clusterHost } from './host-name.ts'
import { clusterNames, type HostInText, hostList, hostsOfUrls, onlyHost } from './host-text.ts'
import { namespaceOf } from './modelled.ts'

/** A place where something in the cluster is called by its host name. */
export type HostUse = {
  readonly on: Loaded
  readonly path: string
  /** As it is written. */
  readonly host: string
  readonly port: number | undefined
  readonly target: ClusterHost
  /** The pods that will call it; empty where that is not known. */
  readonly by: readonly PodGroup[]
}

/** Variables that hold one host, or hosts with ports. */
const holdsHost = /(^|_)(HOST|HOSTS|JOIN)$/
const holdsHosts =
  /(^|_)(HOST|HOSTS|ADDR|ADDRESS|ADDRESSES|SERVER|SERVERS|BROKERS|BOOTSTRAP|ENDPOINT|ENDPOINTS|URL|URI|TARGET)$/

/** Names of pods, not of hosts. */
const holdsPods = new Set(['RAFT_JOIN'])

/** Every host of the cluster that the set calls by name. */
export const hostUsesOf = (world: World): readonly HostUse[] => world.index(findHostUses)

const findHostUses = (world: World): readonly HostUse[] => {
  const namespaces = new Set([
    ...world.objects.map(({ ref }) => (ref.kind === 'Namespace' ? ref.name : (ref.namespace ?? 'default'))),
    'kube-system',
  ])
  const readers = configReaders(world)
  return [
    ...world.pods.filter(({ modelled }) => !modelled).flatMap(inPods),
    ...world.ofKind('ConfigMap', '').flatMap((object) => inConfigMap(object, readers)),
    ...world.objects.flatMap(inCustomResource),
  ].flatMap(({ namespace, ...use }) => {
    const target = clusterHost(use.host, namespace, (name) => namespaces.has(name))
    return target === undefined ? [] : [{ ...use, target }]
  })
}

type Unread = Omit<HostUse, 'target'> & { readonly namespace: string }

const inPods = (group: PodGroup): readonly Unread[] => {
  const at = group.path === '' ? 'spec' : `${group.path}.spec`
  return (['initContainers', 'containers'] as const).flatMap((list) =>
    listAt(group.spec, list).flatMap((container, index) => {
      const path = `${at}.${list}[${index}]`
      return [
        ...listAt(container, 'env').flatMap((variable, position) =>
          found(group, `${path}.env[${position}].value`, inVariable(textAt(variable, 'name') ?? '', variable)),
        ),
        ...['command', 'args'].flatMap((field) =>
          listAt(container, field).flatMap((argument, position) =>
            typeof argument === 'string' ? found(group, `${path}.${field}[${position}]`, inArgument(argument)) : [],
          ),
        ),
      ]
    }),
  )
}

const found = (group: PodGroup, path: string, hosts: readonly HostInText[]): readonly Unread[] =>
  hosts.map(({ host, port }) => ({ on: group.owner, path, host, port, namespace: group.namespace, by: [group] }))

const inVariable = (name: string, variable: unknown): readonly HostInText[] => {
  const value = textAt(variable, 'value')
  if (value === undefined || holdsPods.has(name)) return []
  const urls = hostsOfUrls(value)
  if (urls.length > 0) return urls
  const names = clusterNames(value)
  if (names.length > 0) return names
  const list = holdsHosts.test(name) ? hostList(value) : []
  const host = holdsHost.test(name) ? onlyHost(value) : undefined
  return list.length > 0 || host === undefined ? list : [{ host, port: undefined }]
}

/** The value of `--flag=value`, or the argument itself. */
const inArgument = (argument: string): readonly HostInText[] => {
  const urls = hostsOfUrls(argument)
  return urls.length > 0 ? urls : clusterNames(argument)
}

/** The pods that mount a ConfigMap or take their environment from it, by `namespace/name`. */
const configReaders = (world: World): ReadonlyMap<string, readonly PodGroup[]> => {
  const uses = world.pods.flatMap((group) =>
    [
      ...listAt(group.spec, 'volumes').flatMap((volume) => [
        textAt(volume, 'configMap.name'),
        ...listAt(volume, 'projected.sources').map((source) => textAt(source, 'configMap.name')),
      ]),
      ...listAt(group.spec, 'containers').flatMap((container) =>
        listAt(container, 'envFrom').map((source) => textAt(source, 'configMapRef.name')),
      ),
    ].flatMap((name) => (name === undefined ? [] : [{ id: `${group.namespace}/${name}`, group }])),
  )
  return new Map([...Map.groupBy(uses, ({ id }) => id)].map(([id, all]) => [id, all.map(({ group }) => group)]))
}

const inConfigMap = (object: Loaded, readers: ReadonlyMap<string, readonly PodGroup[]>): readonly Unread[] => {
  const namespace = namespaceOf(object)
  const by = readers.get(`${namespace}/${object.ref.name}`) ?? []
  return Object.entries(labelsAt(object.manifest, 'data')).flatMap(([key, text]) =>
    (key.endsWith('.json') ? [] : inSetting(key, text)).map(({ host, port }) => ({
      on: object,
      path: `data.${key}`,
      host,
      port,
      namespace,
      by,
    })),
  )
}

/** Hosts in one key of a ConfigMap: of a variable, of Kong's or Prometheus' configuration, or URLs in any text. */
const inSetting = (key: string, text: string): readonly HostInText[] => {
  if (!text.includes('\n')) return inVariable(key, { value: text })
  const own = definedNames(text)
  const structured = /_format_version.*(host|target)"?:|static_configs/s.test(text) ? inStructure(text) : []
  return [...hostsOfUrls(text), ...structured].filter(({ host }) => !own.has(host))
}

/** Names that a text gives to groups of servers itself: `upstream backend {` of NGINX. */
const definedNames = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/^\s*upstream\s+([\w.-]+)\s*\{/gm)].map(([, name = '']) => name))

const inStructure = (text: string): readonly HostInText[] => {
  let content: unknown
  try {
    content = parse(text, { logLevel: 'silent' })
  } catch {
    // A text that is no YAML is judged by the rule on its own program; here it names no host.
    return []
  }
  const upstreams = new Set(listAt(content, 'upstreams').map((upstream) => textAt(upstream, 'name')))
  return [
    ...listAt(content, 'services').flatMap((service) => {
      const host = textAt(service, 'host')
      return host === undefined || upstreams.has(host) ? [] : [{ host, port: numberAt(service, 'port') ?? 80 }]
    }),
    ...listAt(content, 'upstreams').flatMap((upstream) =>
      listAt(upstream, 'targets').flatMap((target) => hostList(textAt(target, 'target') ?? '')),
    ),
    ...listAt(content, 'scrape_configs').flatMap((job) =>
      listAt(job, 'static_configs').flatMap((config) =>
        listAt(config, 'targets').flatMap((target) => hostList(String(target))),
      ),
    ),
  ]
}

const inCustomResource = (object: Loaded): readonly Unread[] => {
  const use = (path: string, { host, port }: HostInText): Unread => ({
    on: object,
    path,
    host,
    port,
    namespace: namespaceOf(object),
    by: [],
  })
  switch (object.ref.kind) {
    case 'ClickHouseInstallation':
      return listAt(object.manifest, 'spec.configuration.zookeeper.nodes').flatMap((node, index) => {
        const host = textAt(node, 'host')
        const path = `spec.configuration.zookeeper.nodes[${index}].host`
        return host === undefined ? [] : [use(path, { host, port: numberAt(node, 'port') ?? 2181 })]
      })
    case 'ScaledObject':
      return listAt(object.manifest, 'spec.triggers').flatMap((trigger, index) =>
        Object.entries(objectAt(trigger, 'metadata')).flatMap(([key, value]) =>
          typeof value === 'string'
            ? [...hostsOfUrls(value), ...hostList(value)].map((one) =>
                use(`spec.triggers[${index}].metadata.${key}`, one),
              )
            : [],
        ),
      )
    case 'Prometheus':
      return listAt(object.manifest, 'spec.alerting.alertmanagers').flatMap((one, index) => {
        const name = textAt(one, 'name')
        return name === undefined
          ? []
          : [
              use(`spec.alerting.alertmanagers[${index}].name`, {
                host: `${name}.${textAt(one, 'namespace') ?? namespaceOf(object)}.svc`,
                port: numberAt(one, 'port'),
              }),
            ]
      })
    case 'Ingress':
    case 'HTTPRoute':
    case 'GRPCRoute':
      return backends(object.manifest.spec, 'spec').map(({ path, host, port }) => use(path, { host, port }))
    case 'ExternalSecret':
      return Object.entries(labelsAt(object.manifest, 'spec.target.template.data')).flatMap(([key, text]) =>
        [...inSetting(key, text), ...clusterNames(text)].map((one) => use(`spec.target.template.data.${key}`, one)),
      )
    default:
      return []
  }
}

/** `backend.service` of an Ingress and `backendRefs` of a route, at any depth. */
const backends = (
  value: unknown,
  path: string,
): readonly { readonly path: string; readonly host: string; readonly port: number | undefined }[] => {
  if (Array.isArray(value)) return value.flatMap((item, index) => backends(item, `${path}[${index}]`))
  if (!isObject(value)) return []
  const name = textAt(value, 'service.name')
  return [
    ...(name === undefined
      ? []
      : [{ path: `${path}.service.name`, host: name, port: numberAt(value, 'service.port.number') }]),
    ...listAt(value, 'backendRefs').flatMap((reference, index) => {
      const host = textAt(reference, 'name')
      const namespace = textAt(reference, 'namespace')
      return host === undefined || (textAt(reference, 'kind') ?? 'Service') !== 'Service'
        ? []
        : [
            {
              path: `${path}.backendRefs[${index}].name`,
              host: namespace === undefined ? host : `${host}.${namespace}.svc`,
              port: numberAt(reference, 'port'),
            },
          ]
    }),
    ...Object.entries(value).flatMap(([key, inner]) =>
      key === 'backendRefs' ? [] : backends(inner, `${path}.${key}`),
    ),
  ]
}
