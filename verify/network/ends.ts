import type { Flow, Json, Peer, PodGroup, World } from '../types.ts'
import { labelsAt, listAt, textAt, valueAt } from '../values.ts'
import { endOf, type Network } from './allows.ts'
import type { PodEnd } from './policies.ts'

/** Everything that may open or take a connection in the cluster, as far as these files can tell. */
export type KnownEnd = {
  readonly pod: PodEnd
  /** `knowton-prod/creator-service`, for sentences. */
  readonly name: string
  /** Undefined for pods that others run, of which only policies or declared connections speak. */
  readonly group: PodGroup | undefined
}

/** A namespace that nobody has heard of: its pods stand for all strangers. */
const ELSEWHERE = 'elsewhere'

/** The pods of the set, those that its policies and flows speak of, and a stranger in each namespace and elsewhere. */
export const knownEnds = (world: World, network: Network, flows: readonly Flow[]): readonly KnownEnd[] => {
  const own = world.pods.map((group) => ({
    pod: endOf(network, group),
    name: `${group.namespace}/${group.name}`,
    group,
  }))
  const namespaces = [...new Set([...world.pods.map(({ namespace }) => namespace), ELSEWHERE])]
  const foreign = [
    ...namespaces.map((namespace) => foreignEnd(network, namespace, {})),
    ...flows.flatMap(({ from, to }) => [from, to].flatMap((peer) => spokenOf(network, peer))),
    ...network.policies.flatMap(({ namespace, ingress, egress }) =>
      [...(ingress ?? []), ...(egress ?? [])].flatMap(({ peers }) =>
        (peers ?? []).flatMap((peer) => (peer.kind === 'pods' ? [writtenEnd(network, namespace, peer.written)] : [])),
      ),
    ),
  ].filter(({ pod }) => !isOwn(own, pod))
  return [...own, ...new Map(foreign.map((end) => [end.name, end])).values()]
}

const foreignEnd = (network: Network, namespace: string, labels: Readonly<Record<string, string>>): KnownEnd => {
  const text = Object.entries(labels).map(([key, value]) => `${key}=${value}`)
  return {
    pod: { namespace, labels, namespaceLabels: network.namespaceLabels(namespace), ports: [] },
    name: `${namespace === ELSEWHERE ? 'another namespace' : namespace}/${text.length === 0 ? 'any other pod' : text.join(',')}`,
    group: undefined,
  }
}

/** Whether pods of the set carry these labels already; then no stand-in is needed. */
const isOwn = (own: readonly KnownEnd[], { namespace, labels }: PodEnd): boolean => {
  const wanted = Object.entries(labels)
  return (
    wanted.length > 0 &&
    own.some(({ pod }) => pod.namespace === namespace && wanted.every(([key, value]) => pod.labels[key] === value))
  )
}

const spokenOf = (network: Network, peer: Peer): readonly KnownEnd[] =>
  peer.kind === 'pods' ? [foreignEnd(network, peer.namespace ?? ELSEWHERE, peer.labels)] : []

/** A pod that the selectors of a policy's peer are written for. */
const writtenEnd = (network: Network, own: string, written: Json): KnownEnd => {
  const selector = valueAt(written, 'namespaceSelector')
  const labels = selector === undefined ? {} : meeting(selector)
  const namespace = selector === undefined ? own : (labels['kubernetes.io/metadata.name'] ?? ELSEWHERE)
  const end = foreignEnd(network, namespace, meeting(valueAt(written, 'podSelector')))
  return { ...end, pod: { ...end.pod, namespaceLabels: { ...end.pod.namespaceLabels, ...labels } } }
}

/** Labels that meet a selector as well as labels can. */
const meeting = (selector: unknown): Readonly<Record<string, string>> => ({
  ...labelsAt(selector, 'matchLabels'),
  ...Object.fromEntries(
    listAt(selector, 'matchExpressions').flatMap((expression): readonly (readonly [string, string])[] => {
      const key = textAt(expression, 'key')
      const operator = textAt(expression, 'operator')
      if (key === undefined || (operator !== 'In' && operator !== 'Exists')) return []
      return [[key, operator === 'In' ? String(listAt(expression, 'values')[0] ?? '') : 'any']]
    }),
  ),
})
