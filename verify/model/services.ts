import type { Loaded, PodGroup, World } from '../types.ts'
import { labelsAt, listAt, numberAt, textAt } from '../values.ts'
import { namespaceOf, protocolOf } from './modelled.ts'
import { type Labels, plainSelector } from './selector.ts'

/** A Service of the files or one that an operator will make. */
export type ServiceSeen = {
  readonly namespace: string
  readonly name: string
  /** The object that it stands in, or that makes it. */
  readonly object: Loaded
  readonly isModelled: boolean
  readonly type: string
  readonly labels: Labels
  /** Undefined for one without a selector, whose endpoints somebody else writes. */
  readonly selector: Labels | undefined
  readonly isHeadless: boolean
  readonly ports: readonly ServicePort[]
  /** The pods that it sends to. */
  readonly pods: readonly PodGroup[]
}
export type ServicePort = {
  readonly name: string | undefined
  readonly port: number
  readonly targetPort: number | string
  readonly protocol: 'TCP' | 'UDP' | 'SCTP'
}

/** All Services, found by `namespace/name`, with what they select. */
export type Services = {
  readonly all: readonly ServiceSeen[]
  readonly find: (namespace: string, name: string) => ServiceSeen | undefined
}

/** The Services of a world. */
export const servicesOf = (world: World): Services => world.index(readServices)

const readServices = (world: World): Services => {
  const byNamespace = Map.groupBy(world.pods, ({ namespace }) => namespace)
  const all = [...world.ofKind('Service', '').map(written), ...world.provided.flatMap(modelled)].map((service) => {
    const matches = plainSelector(service.selector ?? {})
    return { ...service, pods: (byNamespace.get(service.namespace) ?? []).filter(({ labels }) => matches(labels)) }
  })
  const byName = new Map(all.map((service) => [`${service.namespace}/${service.name}`, service]))
  return { all, find: (namespace, name) => byName.get(`${namespace}/${name}`) }
}

/** The port of a pod that a Service's port leads to; undefined for a name that no container has. */
export const podPortOf = (group: PodGroup, targetPort: number | string): number | undefined =>
  typeof targetPort === 'number' ? targetPort : group.ports.find(({ name }) => name === targetPort)?.port

type Unresolved = Omit<ServiceSeen, 'pods'>

const written = (object: Loaded): Unresolved => {
  const { manifest } = object
  const selector = labelsAt(manifest, 'spec.selector')
  return {
    namespace: namespaceOf(object),
    name: object.ref.name,
    object,
    isModelled: false,
    type: textAt(manifest, 'spec.type') ?? 'ClusterIP',
    labels: manifest.metadata.labels ?? {},
    selector: Object.keys(selector).length === 0 ? undefined : selector,
    isHeadless: textAt(manifest, 'spec.clusterIP') === 'None',
    ports: listAt(manifest, 'spec.ports').map((port) => {
      const number = numberAt(port, 'port') ?? 0
      return {
        name: textAt(port, 'name'),
        port: number,
        targetPort: numberAt(port, 'targetPort') ?? textAt(port, 'targetPort') ?? number,
        protocol: protocolOf(textAt(port, 'protocol')),
      }
    }),
  }
}

const modelled = (provided: World['provided'][number]): readonly Unresolved[] =>
  provided.kind !== 'Service' || provided.namespace === undefined
    ? []
    : [
        {
          namespace: provided.namespace,
          name: provided.name,
          object: provided.maker,
          isModelled: true,
          type: 'ClusterIP',
          labels: provided.selector ?? {},
          selector: provided.selector,
          isHeadless: provided.isHeadless ?? false,
          ports: (provided.ports ?? []).map((port) => ({ ...port, protocol: 'TCP' })),
        },
      ]
