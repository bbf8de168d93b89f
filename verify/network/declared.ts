import type { Flow, Peer } from '../types.ts'
import { type Addresses, covers, mayHoldPods, parseBlock } from './addresses.ts'
import type { KnownEnd } from './ends.ts'
import { onePort, type PortSet } from './port-set.ts'

/** The declared connections, looked up by the ends that they join. */
export type Declared = {
  /** Ports that the ends may use to one another. */
  readonly between: (from: number, to: number) => PortSet
  /** Ports that an end may use towards all of these addresses, or they towards it. */
  readonly toward: (end: number, addresses: Addresses, direction: 'ingress' | 'egress') => PortSet
}

/** Prepares the flows for `ends`, which are numbered by their place. */
export const declaredOf = (flows: readonly Flow[], ends: readonly KnownEnd[]): Declared => {
  const sides = flows.map((flow) => ({
    from: meeting(flow.from, ends),
    to: meeting(flow.to, ends),
    fromAddresses: addressesOf(flow.from),
    toAddresses: addressesOf(flow.to),
    ports: flow.ports.map(({ port, protocol }) => onePort(port, protocol)),
  }))
  const starting = ends.map((_, index) => sides.filter(({ from }) => from.has(index)))
  const ending = ends.map((_, index) => sides.filter(({ to }) => to.has(index)))
  return {
    between: (from, to) => (starting[from] ?? []).filter((side) => side.to.has(to)).flatMap(({ ports }) => ports),
    toward: (end, addresses, direction) => {
      const candidates = (direction === 'egress' ? starting : ending)[end] ?? []
      return candidates
        .filter((side) =>
          (direction === 'egress' ? side.toAddresses : side.fromAddresses).some((one) => covers(one, addresses)),
        )
        .flatMap(({ ports }) => ports)
    },
  }
}

/** The blocks that a peer stands for. */
export const addressesOf = (peer: Peer): readonly Addresses[] =>
  peer.kind === 'pods'
    ? []
    : peer.cidrs.flatMap((cidr) => {
        const block = parseBlock(cidr)
        return block === undefined ? [] : [{ block, except: peer.except.flatMap((hole) => parseBlock(hole) ?? []) }]
      })

/** The ends that a peer stands for; addresses stand for pods too where pods may have them. */
export const meeting = (peer: Peer, ends: readonly KnownEnd[]): ReadonlySet<number> => {
  const wanted = peer.kind === 'pods' ? Object.entries(peer.labels) : []
  const holdsPods = addressesOf(peer).some(mayHoldPods)
  return new Set(
    ends.flatMap(({ pod }, index) =>
      (
        peer.kind === 'pods'
          ? (peer.namespace === undefined || peer.namespace === pod.namespace) &&
            wanted.every(([key, value]) => pod.labels[key] === value)
          : holdsPods
      )
        ? [index]
        : [],
    ),
  )
}
