import { BlockList, isIPv6 } from 'node:net'
import type { INetworkPolicy, INetworkPolicyPeer, INetworkPolicyPort } from 'kubernetes-models/networking.k8s.io/v1'
import type { Flow, FlowPeer, FlowPort } from '../kubernetes/flows/flow.ts'

/** Something that may open or take a connection. */
export type Actor =
  | { readonly kind: 'pod'; readonly namespace: string; readonly labels: Readonly<Record<string, string>> }
  | { readonly kind: 'address'; readonly ip: string }

/** What the network policies of a cluster let through, read as plainly as the API's description says it. */
export const lets = (policies: readonly INetworkPolicy[], from: Actor, to: Actor, at: FlowPort): boolean =>
  letsOut(policies, from, to, at) && letsIn(policies, from, to, at)

const letsOut = (policies: readonly INetworkPolicy[], from: Actor, to: Actor, at: FlowPort): boolean => {
  const isolating = policies.filter((policy) => selects(policy, from) && policy.spec?.policyTypes?.includes('Egress'))
  const rules = isolating.flatMap((policy) => policy.spec?.egress ?? [])
  return isolating.length === 0 || rules.some((rule) => reaches(rule.to, from, to) && opens(rule.ports, at))
}

const letsIn = (policies: readonly INetworkPolicy[], from: Actor, to: Actor, at: FlowPort): boolean => {
  const isolating = policies.filter((policy) => selects(policy, to) && policy.spec?.policyTypes?.includes('Ingress'))
  const rules = isolating.flatMap((policy) => policy.spec?.ingress ?? [])
  return isolating.length === 0 || rules.some((rule) => reaches(rule.from, to, from) && opens(rule.ports, at))
}

/** True when the connection is one of those that are declared. */
export const isDeclared = (flows: readonly Flow[], from: Actor, to: Actor, at: FlowPort): boolean =>
  flows.some(
    (flow) =>
      isPeer(flow.from, from) &&
      isPeer(flow.to, to) &&
      flow.ports.some(({ port, protocol }) => port === at.port && protocol === at.protocol),
  )

const selects = ({ metadata, spec }: INetworkPolicy, actor: Actor): boolean =>
  actor.kind === 'pod' && actor.namespace === metadata?.namespace && has(actor.labels, spec?.podSelector?.matchLabels)

const reaches = (peers: readonly INetworkPolicyPeer[] | undefined, near: Actor, far: Actor): boolean =>
  peers === undefined || peers.some((peer) => isNamed(peer, near, far))

const isNamed = ({ ipBlock, namespaceSelector, podSelector }: INetworkPolicyPeer, near: Actor, far: Actor): boolean => {
  if (far.kind === 'address') {
    return ipBlock !== undefined && contains([ipBlock.cidr], far.ip) && !contains(ipBlock.except ?? [], far.ip)
  }
  if (ipBlock !== undefined) return false
  const namespace = { 'kubernetes.io/metadata.name': far.namespace }
  const isThere =
    namespaceSelector === undefined
      ? near.kind === 'pod' && near.namespace === far.namespace
      : has(namespace, namespaceSelector.matchLabels)
  return isThere && has(far.labels, podSelector?.matchLabels)
}

const opens = (ports: readonly INetworkPolicyPort[] | undefined, at: FlowPort): boolean =>
  ports === undefined || ports.some(({ port, protocol }) => port === at.port && (protocol ?? 'TCP') === at.protocol)

const isPeer = (peer: FlowPeer, actor: Actor): boolean =>
  peer.kind === 'pods'
    ? actor.kind === 'pod' && actor.namespace === peer.namespace && has(actor.labels, peer.labels)
    : actor.kind === 'address' && contains(peer.cidrs, actor.ip) && !contains(peer.except, actor.ip)

const has = (labels: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>> | undefined): boolean =>
  Object.entries(wanted ?? {}).every(([key, value]) => labels[key] === value)

const contains = (cidrs: readonly string[], ip: string): boolean => {
  const list = new BlockList()
  for (const cidr of cidrs) {
    const [network = '', prefix] = cidr.split('/')
    list.addSubnet(network, Number(prefix), isIPv6(network) ? 'ipv6' : 'ipv4')
  }
  return list.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4')
}
