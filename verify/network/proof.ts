import type { Flow, World } from '../types.ts'
import { covers } from './addresses.ts'
import { networkOf, rulesFor, stoppedBy } from './allows.ts'
import { addressesOf, declaredOf, meeting } from './declared.ts'
import { type KnownEnd, knownEnds } from './ends.ts'
import { hasPort, type PortSet, subtract, tidy } from './port-set.ts'
import { type Reach, reachOf } from './reach.ts'

/** A declared connection that policies stop, with the side that does. */
export type Blocked = {
  readonly flow: Flow
  readonly from: KnownEnd | undefined
  readonly to: KnownEnd | undefined
  readonly port: number
  readonly side: 'egress' | 'ingress'
}

/** Something that policies allow and nobody declared: `ports` are those beyond the declared ones. */
export type Undeclared = { readonly reach: Reach; readonly ports: PortSet }

/** The declared and the allowed connections compared both ways. */
export type Proof = {
  readonly isDeclared: boolean
  /** Whose pods were looked at. */
  readonly namespaces: readonly string[]
  readonly flows: number
  /** Single connections (one end, another, a port) that were declared and tried. */
  readonly connections: number
  /** Ordered pairs of ends that were looked at. */
  readonly pairs: number
  readonly ends: readonly KnownEnd[]
  readonly blocked: readonly Blocked[]
  readonly undeclared: readonly Undeclared[]
}

/** Compares what is declared with what policies allow; without declared connections there is nothing to compare. */
export const proof = (world: World): Proof => world.index(prove)

const prove = (world: World): Proof =>
  world.context.flows === undefined ? nothingDeclared : compare(world, world.context.flows)

/** One line for people: `network of prod: 61 declared connections …, all allowed; nothing else is …`. */
export const proofText = (proof: Proof): string => {
  const { isDeclared, namespaces, flows, connections, pairs, blocked, undeclared } = proof
  if (!isDeclared) return 'network: no connections are declared, so what policies allow is not compared with any'
  const allowed = blocked.length === 0 ? 'all allowed' : `${blocked.length} of these stopped`
  const rest = undeclared.length === 0 ? 'nothing else is' : `${undeclared.length} others are allowed`
  return `network of ${namespaces.join(', ')}: ${flows} declared connections (${connections} by pods and port), ${allowed}; ${rest}, of all between ${pairs} pairs of pods and addresses outside`
}

const nothingDeclared: Proof = {
  ...{ isDeclared: false, namespaces: [], flows: 0, connections: 0, pairs: 0 },
  ...{ ends: [], blocked: [], undeclared: [] },
}

const compare = (world: World, flows: readonly Flow[]): Proof => {
  const network = networkOf(world)
  const ends = knownEnds(world, network, flows)
  const declared = declaredOf(flows, ends)
  const tried = flows.flatMap((flow) => tries(flow, ends))
  return {
    isDeclared: true,
    namespaces: [...new Set(world.pods.map(({ namespace }) => namespace))].sort(),
    flows: flows.length,
    connections: tried.length,
    pairs: ends.length * ends.length,
    ends,
    blocked: tried.flatMap((one) => {
      const side = isStopped(network, one)
      return side === undefined ? [] : [{ ...one, side }]
    }),
    undeclared: reachOf(network, ends).flatMap((reach): readonly Undeclared[] => {
      const meant =
        reach.kind === 'pods'
          ? declared.between(reach.from, reach.to)
          : declared.toward(reach.end, reach.addresses, reach.direction)
      const ports = tidy(subtract(reach.ports, meant))
      return ports.length === 0 ? [] : [{ reach, ports }]
    }),
  }
}

type Try = Omit<Blocked, 'side'> & { readonly protocol: 'TCP' | 'UDP' | 'SCTP' }

/** Every single connection of a flow that has an end among the pods of the set. */
const tries = (flow: Flow, ends: readonly KnownEnd[]): readonly Try[] => {
  const side = (peer: Flow['from']) =>
    peer.kind === 'addresses' ? [undefined] : [...meeting(peer, ends)].map((index) => ends[index])
  return side(flow.from).flatMap((from) =>
    side(flow.to)
      .filter((to) => isOurs(from) || isOurs(to))
      .filter((to) => from !== to || (from?.group?.replicas.max ?? 2) > 1)
      .filter((to) => !isGuess(from) && !isGuess(to))
      .flatMap((to) => flow.ports.map(({ port, protocol }) => ({ flow, from, to, port, protocol }))),
  )
}

const isOurs = (end: KnownEnd | undefined): boolean => end?.group !== undefined

/** The stand-in for pods that nobody names; declared connections of a whole namespace do not speak of it. */
const isGuess = (end: KnownEnd | undefined): boolean =>
  end !== undefined &&
  end.group === undefined &&
  Object.keys(end.pod.labels).length === 0 &&
  end.pod.namespace === 'elsewhere'

const isStopped = (
  network: ReturnType<typeof networkOf>,
  { flow, from, to, port, protocol }: Try,
): 'egress' | 'ingress' | undefined => {
  if (from !== undefined && to !== undefined)
    return stoppedBy(network, {
      from: { kind: 'pod', pod: from.pod },
      to: { kind: 'pod', pod: to.pod },
      port,
      protocol,
    })
  const direction = from === undefined ? 'ingress' : 'egress'
  const pod = (from ?? to)?.pod
  const rules = pod === undefined ? undefined : rulesFor(network, direction, pod)
  if (rules === undefined || pod === undefined) return undefined
  const wanted = addressesOf(from === undefined ? flow.from : flow.to)
  const isMet = wanted.every((addresses) =>
    rules.some(
      ({ peers, ports }) =>
        hasPort(ports(direction === 'ingress' ? pod.ports : []), port, protocol) &&
        (peers === undefined || peers.some((peer) => peer.kind === 'addresses' && covers(peer.addresses, addresses))),
    ),
  )
  return isMet ? undefined : direction
}
