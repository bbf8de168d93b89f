import type { PodGroup, Protocol, World } from '../types.ts'
import { includes, parseBlock } from './addresses.ts'
import { meetsPod, type PodEnd, type Policy, type PolicyRule, policyOf } from './policies.ts'
import { hasPort } from './port-set.ts'

/** One end of a connection: pods, or one address outside the cluster. */
export type End =
  | { readonly kind: 'pod'; readonly pod: PodEnd }
  | { readonly kind: 'address'; readonly address: string }

/** The policies of a world with the labels of its namespaces. */
export type Network = {
  readonly policies: readonly Policy[]
  readonly byNamespace: ReadonlyMap<string, readonly Policy[]>
  readonly namespaceLabels: (name: string) => Readonly<Record<string, string>>
}

/** The policies of a world. */
export const networkOf = (world: World): Network => world.index(readNetwork)

const readNetwork = (world: World): Network => {
  const policies = world.ofKind('NetworkPolicy', 'networking.k8s.io').map(policyOf)
  const labels = new Map(
    world.ofKind('Namespace', '').map(({ ref, manifest }) => [ref.name, manifest.metadata.labels ?? {}]),
  )
  return {
    policies,
    byNamespace: Map.groupBy(policies, ({ namespace }) => namespace),
    namespaceLabels: (name) => ({ ...labels.get(name), 'kubernetes.io/metadata.name': name }),
  }
}

/** Pods of a group as policies see them. */
export const endOf = (network: Network, { namespace, labels, ports }: PodGroup): PodEnd => ({
  namespace,
  labels,
  ports,
  namespaceLabels: network.namespaceLabels(namespace),
})

/** The rules that let something in to a pod or out of it; undefined when no policy isolates it in that direction. */
export const rulesFor = (
  network: Network,
  direction: 'ingress' | 'egress',
  pod: PodEnd,
): readonly PolicyRule[] | undefined => {
  const isolating = (network.byNamespace.get(pod.namespace) ?? []).filter(
    (policy) => policy[direction] !== undefined && policy.selects(pod.labels),
  )
  return isolating.length === 0 ? undefined : isolating.flatMap((policy) => policy[direction] ?? [])
}

type Connection = { readonly from: End; readonly to: End; readonly port: number; readonly protocol: Protocol }

/** Whether policies let a connection through: out of where it starts, and in to where it ends. */
export const allows = (network: Network, connection: Connection): boolean =>
  stoppedBy(network, connection) === undefined

/** The side whose policies stop a connection; undefined when none does. */
export const stoppedBy = (
  network: Network,
  { from, to, port, protocol }: Connection,
): 'egress' | 'ingress' | undefined => {
  const target = to.kind === 'pod' ? to.pod.ports : []
  const lets = (rules: readonly PolicyRule[] | undefined, other: End) =>
    rules === undefined || rules.some((rule) => hasPort(rule.ports(target), port, protocol) && meets(rule, other))
  if (from.kind === 'pod' && !lets(rulesFor(network, 'egress', from.pod), to)) return 'egress'
  if (to.kind === 'pod' && !lets(rulesFor(network, 'ingress', to.pod), from)) return 'ingress'
  return undefined
}

const meets = ({ peers }: PolicyRule, other: End): boolean =>
  peers === undefined ||
  peers.some((peer) => {
    if (other.kind === 'pod') return meetsPod(peer, other.pod)
    const address = parseBlock(other.address)
    return peer.kind === 'addresses' && address !== undefined && includes(peer.addresses, address)
  })
