export type Protocol = 'TCP' | 'UDP'
export type FlowPort = { readonly port: number; readonly protocol: Protocol }

/** One end of a connection. `name` is what people and policies call it. */
export type FlowPeer =
  | {
      readonly kind: 'pods'
      readonly name: string
      readonly namespace: string
      /** Empty = every pod of the namespace. */
      readonly labels: Readonly<Record<string, string>>
    }
  | {
      readonly kind: 'addresses'
      readonly name: string
      readonly cidrs: readonly string[]
      readonly except: readonly string[]
    }

/** A connection that has to be possible; every other one is meant not to be. */
export type Flow = {
  readonly from: FlowPeer
  readonly to: FlowPeer
  readonly ports: readonly FlowPort[]
  readonly why: string
}

/** A connection over TCP to each of `ports`. */
export const tcp = (from: FlowPeer, to: FlowPeer, ports: readonly number[], why: string): Flow => ({
  from,
  to,
  ports: ports.map((port) => ({ port, protocol: 'TCP' })),
  why,
})

/** The same ports over TCP and UDP. */
export const tcpAndUdp = (from: FlowPeer, to: FlowPeer, ports: readonly number[], why: string): Flow => ({
  from,
  to,
  ports: ports.flatMap((port): FlowPort[] => [
    { port, protocol: 'TCP' },
    { port, protocol: 'UDP' },
  ]),
  why,
})

/** Connections between each two of `peers`, and of each with its own kind. */
export const amongst = (peers: readonly FlowPeer[], ports: readonly number[], why: string): readonly Flow[] =>
  peers.flatMap((from) => peers.map((to) => tcp(from, to, ports, why)))
