import { type Addresses, mayHoldPods, parseBlock } from './addresses.ts'
import { type Network, rulesFor } from './allows.ts'
import type { KnownEnd } from './ends.ts'
import { meetsPod, type PolicyPeer, type PolicyRule } from './policies.ts'
import { allPorts, intersect, type PortSet } from './port-set.ts'

/** A connection that policies let through; `by` is the rule on the side named last that did, undefined = no policy. */
export type Reach =
  | {
      readonly kind: 'pods'
      readonly from: number
      readonly to: number
      readonly ports: PortSet
      readonly by: PolicyRule | undefined
    }
  | {
      readonly kind: 'addresses'
      readonly direction: 'ingress' | 'egress'
      readonly end: number
      readonly addresses: Addresses
      readonly ports: PortSet
      readonly by: PolicyRule | undefined
    }

const everywhere: readonly Addresses[] = ['0.0.0.0/0', '::/0'].flatMap((text) => {
  const block = parseBlock(text)
  return block === undefined ? [] : [{ block, except: [] }]
})

/**
 * Everything that policies let through. A block of addresses that pods may have counts as pods here, since networks
 * differ in whether it does: what this leaves out is impossible on all of them.
 */
export const reachOf = (network: Network, ends: readonly KnownEnd[]): readonly Reach[] => {
  const meets = meetingEnds(ends)
  const out = ends.map(({ pod }) => rulesFor(network, 'egress', pod))
  const into = ends.map(({ pod }) => rulesFor(network, 'ingress', pod))
  const leaving = out.map((rules) => reachable(rules, meets, ends))
  return [
    ...ends.flatMap((target, to) =>
      (into[to] ?? [undefined]).flatMap((rule): readonly Reach[] => {
        const open = rule === undefined ? allPorts : rule.ports(target.pod.ports)
        const sources = rule?.peers === undefined ? ends.keys() : rule.peers.flatMap((peer) => [...meets(peer)])
        return [...new Set(sources)].flatMap((from): readonly Reach[] => {
          if (from === to && (target.group === undefined || target.group.replicas.max < 2)) return []
          if (ends[from]?.group === undefined && target.group === undefined) return []
          const ports = intersect(open, leaving[from]?.(to) ?? [])
          return ports.length === 0 ? [] : [{ kind: 'pods', from, to, ports, by: rule }]
        })
      }),
    ),
    ...ends.flatMap((end, index) =>
      end.group === undefined
        ? []
        : [...outside(index, 'ingress', into[index], end), ...outside(index, 'egress', out[index], end)],
    ),
  ]
}

/** The ports that an end may use towards another, by the other's number. */
const reachable = (
  rules: readonly PolicyRule[] | undefined,
  meets: (peer: PolicyPeer) => ReadonlySet<number>,
  ends: readonly KnownEnd[],
): ((to: number) => PortSet) => {
  if (rules === undefined) return () => allPorts
  const targets = rules.map(({ peers }) => (peers === undefined ? undefined : peers.map(meets)))
  return (to) =>
    rules.flatMap((rule, index) => {
      const sets = targets[index]
      return sets === undefined || sets.some((set) => set.has(to)) ? rule.ports(ends[to]?.pod.ports ?? []) : []
    })
}

const outside = (
  end: number,
  direction: 'ingress' | 'egress',
  rules: readonly PolicyRule[] | undefined,
  { pod }: KnownEnd,
): readonly Reach[] =>
  (rules ?? [undefined]).flatMap((by) => {
    const blocks =
      by?.peers === undefined
        ? everywhere
        : by.peers.flatMap((peer) => (peer.kind === 'addresses' ? [peer.addresses] : []))
    const ports = by === undefined ? allPorts : by.ports(direction === 'ingress' ? pod.ports : [])
    return ports.length === 0
      ? []
      : blocks.map((addresses) => ({ kind: 'addresses' as const, direction, end, addresses, ports, by }))
  })

/** The ends that an item of `from` or `to` meets, worked out once for items that are written alike. */
const meetingEnds = (ends: readonly KnownEnd[]): ((peer: PolicyPeer) => ReadonlySet<number>) => {
  const known = new Map<PolicyPeer, ReadonlySet<number>>()
  const byNamespace = Map.groupBy(ends.keys(), (index) => ends[index]?.pod.namespace)
  return (peer) => {
    const before = known.get(peer)
    if (before !== undefined) return before
    const found = new Set<number>()
    if (peer.kind === 'addresses') {
      if (mayHoldPods(peer.addresses)) for (const index of ends.keys()) found.add(index)
    } else
      for (const members of byNamespace.values())
        for (const index of members) {
          const end = ends[index]
          if (end !== undefined && meetsPod(peer, end.pod)) found.add(index)
        }
    known.set(peer, found)
    return found
  }
}
