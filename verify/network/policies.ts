import { namespaceOf, protocolOf } from '../model/modelled.ts'
import { type Labels, labelSelector, type Matches } from '../model/selector.ts'
import type { Json, Loaded, PodPort, Protocol } from '../types.ts'
import { listAt, numberAt, objectAt, textAt, valueAt } from '../values.ts'
import { type Addresses, parseBlock } from './addresses.ts'
import { allOf, allPorts, onePort, type PortSet } from './port-set.ts'

/** A pod as policies see it. */
export type PodEnd = {
  readonly namespace: string
  readonly labels: Labels
  readonly namespaceLabels: Labels
  /** What named ports of policies are looked up in. */
  readonly ports: readonly PodPort[]
}

/** One item of `from` or `to`. */
export type PolicyPeer =
  | {
      readonly kind: 'pods'
      readonly namespace: (end: PodEnd) => boolean
      readonly pods: Matches
      readonly written: Json
    }
  | { readonly kind: 'addresses'; readonly addresses: Addresses; readonly written: Json }

/** One item of `ingress` or `egress`. */
export type PolicyRule = {
  readonly policy: Loaded
  /** `spec.ingress[0]` */
  readonly path: string
  /** Undefined = everybody. */
  readonly peers: readonly PolicyPeer[] | undefined
  /** The ports of a pod with these; named ones need the pod that is called. */
  readonly ports: (target: readonly PodPort[]) => PortSet
}

/** A NetworkPolicy; a direction is undefined when the policy does not isolate it. */
export type Policy = {
  readonly object: Loaded
  readonly namespace: string
  readonly selects: Matches
  readonly ingress: readonly PolicyRule[] | undefined
  readonly egress: readonly PolicyRule[] | undefined
}

/** Reads a `networking.k8s.io/v1` NetworkPolicy. */
export const policyOf = (object: Loaded): Policy => {
  const { manifest } = object
  const kinds = valueAt(manifest, 'spec.policyTypes')
  const hasEgress = listAt(manifest, 'spec.egress').length > 0
  const types = Array.isArray(kinds) && kinds.length > 0 ? kinds : ['Ingress', ...(hasEgress ? ['Egress'] : [])]
  return {
    object,
    namespace: namespaceOf(object),
    selects: labelSelector(objectAt(manifest, 'spec.podSelector')),
    ingress: types.includes('Ingress') ? rulesOf(object, 'ingress', 'from') : undefined,
    egress: types.includes('Egress') ? rulesOf(object, 'egress', 'to') : undefined,
  }
}

/** Whether an item of `from` or `to` meets a pod; a block of addresses is meant for what is outside the cluster. */
export const meetsPod = (peer: PolicyPeer, end: PodEnd): boolean =>
  peer.kind === 'pods' && peer.namespace(end) && peer.pods(end.labels)

const rulesOf = (object: Loaded, direction: 'ingress' | 'egress', side: 'from' | 'to'): readonly PolicyRule[] =>
  listAt(object.manifest, `spec.${direction}`).map((rule, index) => {
    const peers = listAt(rule, side)
    return {
      policy: object,
      path: `spec.${direction}[${index}]`,
      peers: peers.length === 0 ? undefined : peers.flatMap((peer) => peerOf(namespaceOf(object), peer)),
      ports: portsOf(listAt(rule, 'ports')),
    }
  })

const peerOf = (own: string, written: Json): readonly PolicyPeer[] => {
  const block = valueAt(written, 'ipBlock')
  if (block !== undefined) {
    const parsed = parseBlock(textAt(block, 'cidr') ?? '')
    const except = listAt(block, 'except').flatMap((hole) => parseBlock(String(hole)) ?? [])
    return parsed === undefined ? [] : [{ kind: 'addresses', addresses: { block: parsed, except }, written }]
  }
  const namespaces = valueAt(written, 'namespaceSelector')
  const meets = labelSelector(namespaces)
  return [
    {
      kind: 'pods',
      namespace:
        namespaces === undefined
          ? ({ namespace }) => namespace === own
          : ({ namespaceLabels }) => meets(namespaceLabels),
      pods: labelSelector(valueAt(written, 'podSelector')),
      written,
    },
  ]
}

const portsOf = (written: readonly Json[]): PolicyRule['ports'] => {
  if (written.length === 0) return () => allPorts
  const readers = written.map((port): PolicyRule['ports'] => {
    const protocol = protocolOf(textAt(port, 'protocol'))
    const number = numberAt(port, 'port')
    const name = textAt(port, 'port')
    if (number !== undefined) {
      const ports = [{ protocol, from: number, to: numberAt(port, 'endPort') ?? number }]
      return () => ports
    }
    return name === undefined ? () => [allOf(protocol)] : (target) => namedPorts(target, name, protocol)
  })
  return (target) => readers.flatMap((read) => read(target))
}

const namedPorts = (target: readonly PodPort[], name: string, protocol: Protocol): PortSet =>
  target.filter((port) => port.name === name && port.protocol === protocol).map(({ port }) => onePort(port, protocol))
