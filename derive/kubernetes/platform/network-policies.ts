import type { INetworkPolicy, INetworkPolicyPeer } from 'kubernetes-models/networking.k8s.io/v1'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import type { Flow, FlowPeer, FlowPort } from '../flows/flow.ts'
import { type Component, labelsOf, type Manifest } from '../manifest.ts'

type Direction = 'ingress' | 'egress'
type Pods = Extract<FlowPeer, { kind: 'pods' }>

/**
 * Policies made of `flows` alone: each namespace of ours denies everything both ways, then each set of pods has one
 * policy of what may come in and one of what may go out.
 */
export const networkPolicies = (environment: ClusterEnvironment, flows: readonly Flow[]): Component => ({
  name: 'network-policies',
  group: 'platform',
  files: Object.fromEntries(
    Object.values(environment.namespaces).map((namespace) => [
      namespace,
      [
        defaultDeny(namespace),
        ...podsOf(namespace, flows).flatMap((pods) => [
          ...policy('ingress', pods, flows),
          ...policy('egress', pods, flows),
        ]),
      ],
    ]),
  ),
})

const defaultDeny = (namespace: string): Manifest =>
  networkPolicy({
    metadata: { name: 'default-deny', namespace, labels: labelsOf('network-policies') },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  })

/** The sets of pods in a namespace that a connection begins or ends at, by name. */
const podsOf = (namespace: string, flows: readonly Flow[]): readonly Pods[] => {
  const ends = flows.flatMap(({ from, to }) => [from, to]).filter((peer) => peer.kind === 'pods')
  const ours = new Map(ends.filter((peer) => peer.namespace === namespace).map((peer) => [peer.name, peer]))
  return [...ours.values()].sort((one, other) => compare(one.name, other.name))
}

const policy = (direction: Direction, pods: Pods, flows: readonly Flow[]): readonly Manifest[] => {
  const rules = rulesOf(direction, pods, flows)
  if (rules.length === 0) return []
  const metadata = {
    name: `${pods.name.replaceAll(' ', '-')}-${direction}`,
    namespace: pods.namespace,
    labels: labelsOf('network-policies'),
  }
  const podSelector = Object.keys(pods.labels).length === 0 ? {} : { matchLabels: { ...pods.labels } }
  return [
    networkPolicy(
      direction === 'ingress'
        ? {
            metadata,
            spec: {
              podSelector,
              policyTypes: ['Ingress'],
              ingress: rules.map(({ peers, ports }) => ({ from: peersFor(pods.namespace, peers), ports })),
            },
          }
        : {
            metadata,
            spec: {
              podSelector,
              policyTypes: ['Egress'],
              egress: rules.map(({ peers, ports }) => ({ to: peersFor(pods.namespace, peers), ports })),
            },
          },
    ),
  ]
}

type PolicyRule = { readonly peers: readonly FlowPeer[]; readonly ports: FlowPort[] }

/** Far ends with the same ports share a rule; rules are in the order of their ports, far ends in that of their names. */
const rulesOf = (direction: Direction, pods: Pods, flows: readonly Flow[]): readonly PolicyRule[] => {
  const near = direction === 'ingress' ? 'to' : 'from'
  const far = direction === 'ingress' ? 'from' : 'to'
  const portsByPeer = new Map<string, { readonly peer: FlowPeer; readonly ports: readonly FlowPort[] }>()
  for (const flow of flows.filter((flow) => isSame(flow[near], pods))) {
    const key = keyOf(flow[far])
    portsByPeer.set(key, { peer: flow[far], ports: [...(portsByPeer.get(key)?.ports ?? []), ...flow.ports] })
  }
  const merged = [...portsByPeer.values()]
    .map(({ peer, ports }) => ({ peer, ports: distinct(ports) }))
    .sort((one, other) => compare(one.peer.name, other.peer.name))
  return [...Map.groupBy(merged, ({ ports }) => ports.map(textOf).join())]
    .map(([, same]) => ({ peers: same.map(({ peer }) => peer), ports: [...(same[0]?.ports ?? [])] }))
    .sort((one, other) => comparePorts(one.ports[0], other.ports[0]))
}

const distinct = (ports: readonly FlowPort[]): readonly FlowPort[] =>
  [...new Map(ports.map((port) => [textOf(port), port])).values()].sort(comparePorts)

const peersFor = (home: string, peers: readonly FlowPeer[]): INetworkPolicyPeer[] =>
  peers.flatMap((peer): INetworkPolicyPeer[] =>
    peer.kind === 'pods'
      ? [
          {
            ...(peer.namespace === home
              ? {}
              : { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': peer.namespace } } }),
            ...(Object.keys(peer.labels).length === 0 ? {} : { podSelector: { matchLabels: { ...peer.labels } } }),
          },
        ]
      : peer.cidrs.map((cidr) => ({
          ipBlock: { cidr, ...(peer.except.length === 0 ? {} : { except: [...peer.except] }) },
        })),
  )

const networkPolicy = (policy: Pick<INetworkPolicy, 'spec'> & Pick<Manifest, 'metadata'>): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  ...policy,
})

const isSame = (one: FlowPeer, other: FlowPeer): boolean => keyOf(one) === keyOf(other)
const keyOf = (peer: FlowPeer): string => JSON.stringify(peer)
const textOf = ({ port, protocol }: FlowPort): string => `${port}/${protocol}`
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
const comparePorts = (one?: FlowPort, other?: FlowPort): number =>
  (one?.port ?? 0) - (other?.port ?? 0) || compare(one?.protocol ?? '', other?.protocol ?? '')
