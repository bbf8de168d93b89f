import type { PlatformShape } from '@knowton/core'
import { type Edge, edges } from '../edges.ts'
import type { ClusterEnvironment } from './cluster-environment.ts'
import { type Flow, type FlowPeer, tcp, tcpAndUdp } from './flows/flow.ts'
import { namespacePeer, outside, servicePeer } from './flows/peers.ts'
import { ports } from './flows/ports.ts'
import { SERVICE_PORT } from './names.ts'
import { gatewayPeer } from './systems/gateway/flows.ts'
import { postgresClientFlows } from './systems/postgres/flows.ts'
import type { Cluster } from './systems/system.ts'
import { clusterOf } from './systems/systems.ts'

/**
 * Every connection of a cluster that has to be possible. Policies are made of this list alone, and the verifier proves
 * that they allow it and nothing else. Operators' own connections are their namespaces' affair and not listed.
 */
export const flows = (cluster: Cluster): readonly Flow[] => {
  const { platform, environment, systems } = cluster
  return [
    ...Object.values(environment.namespaces).map((namespace) =>
      tcpAndUdp(namespacePeer(namespace, 'every pod'), outside(environment).dns, [ports.dns], 'names'),
    ),
    ...edges(platform).flatMap((edge) => edgeFlows(environment, edge)),
    ...systems.flatMap((system) => [
      ...Object.values(platform.services)
        .filter((service) => system.clients?.usedBy(service))
        .flatMap(({ name }) => system.clients?.flows(cluster, servicePeer(environment, name)) ?? []),
      ...system.flows(cluster),
    ]),
  ]
}

/** Connections of services that are not to a system that they use: from the gateway, to the chain, to facts of others. */
const edgeFlows = (environment: ClusterEnvironment, edge: Edge): readonly Flow[] => {
  switch (edge.kind) {
    case 'http':
      return [
        tcp(
          gatewayPeer(environment),
          servicePeer(environment, edge.to),
          [SERVICE_PORT],
          'routes that the world may call',
        ),
      ]
    case 'event-log':
      return postgresClientFlows({ environment }, servicePeer(environment, edge.from), `reads the facts of ${edge.to}`)
    case 'chain':
      return [
        tcp(
          servicePeer(environment, edge.from),
          outside(environment).chainRpc,
          [chainRpcPort(environment)],
          'asks the chain',
        ),
      ]
    case 'store':
    case 'system':
      return []
  }
}

const chainRpcPort = ({ network: { chainRpc } }: ClusterEnvironment): number =>
  chainRpc === 'public' ? ports.https : chainRpc.port

/** The list of connections as rows for people: from, to, ports, why. */
export const flowTable = (
  platform: PlatformShape,
  environment: ClusterEnvironment,
): readonly { readonly from: string; readonly to: string; readonly ports: string; readonly why: string }[] =>
  flows(clusterOf(platform, environment)).map((flow) => ({
    from: placed(flow.from),
    to: placed(flow.to),
    ports: [...Map.groupBy(flow.ports, ({ port }) => port)]
      .map(([port, same]) => (same.length > 1 ? `${port} (TCP, UDP)` : String(port)))
      .join(', '),
    why: flow.why,
  }))

const placed = (peer: FlowPeer): string => (peer.kind === 'pods' ? `${peer.namespace}/${peer.name}` : peer.name)
