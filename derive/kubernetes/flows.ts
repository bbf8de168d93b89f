import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from './cluster-environment.ts'
import { appFlows } from './flows/app-flows.ts'
import { dataFlows } from './flows/data-flows.ts'
import { type Flow, type FlowPeer, tcpAndUdp } from './flows/flow.ts'
import { monitoringFlows } from './flows/monitoring-flows.ts'
import { namespacePeer, peersOf } from './flows/peers.ts'
import { ports } from './flows/ports.ts'

/**
 * Every connection of a cluster that has to be possible. Policies are made of this list alone, and the verifier proves
 * that they allow it and nothing else. Operators' own connections are their namespaces' affair and not listed.
 */
export const flows = (platform: PlatformShape, environment: ClusterEnvironment): readonly Flow[] => {
  const peers = peersOf(environment)
  return [
    ...Object.values(environment.namespaces).map((namespace) =>
      tcpAndUdp(namespacePeer(namespace, 'every pod'), peers.dns, [ports.dns], 'names'),
    ),
    ...appFlows(platform, environment, peers),
    ...dataFlows(environment, peers),
    ...monitoringFlows(platform, environment, peers),
  ]
}

/** The list of connections as rows for people: from, to, ports, why. */
export const flowTable = (
  platform: PlatformShape,
  environment: ClusterEnvironment,
): readonly { readonly from: string; readonly to: string; readonly ports: string; readonly why: string }[] =>
  flows(platform, environment).map((flow) => ({
    from: placed(flow.from),
    to: placed(flow.to),
    ports: [...Map.groupBy(flow.ports, ({ port }) => port)]
      .map(([port, same]) => (same.length > 1 ? `${port} (TCP, UDP)` : String(port)))
      .join(', '),
    why: flow.why,
  }))

const placed = (peer: FlowPeer): string => (peer.kind === 'pods' ? `${peer.namespace}/${peer.name}` : peer.name)
