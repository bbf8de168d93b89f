import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type FlowPeer, tcp } from '../../flows/flow.ts'
import { namespacePeer, operatorNamespaces, peersOf } from '../../flows/peers.ts'
import { ports } from '../../flows/ports.ts'
import type { Manifest } from '../../manifest.ts'
import { names } from '../../names.ts'
import { networkPolicies } from '../../platform/network-policies.ts'
import { objectStoreFlows } from '../object-store/flows.ts'

/** What the instance of a drill may open, and who may open it: its operator, never a service. */
export const drillPolicies = (environment: ClusterEnvironment): readonly Manifest[] => {
  const { data } = environment.namespaces
  const peers = peersOf(environment)
  const drill: FlowPeer = {
    kind: 'pods',
    name: 'postgres-drill',
    namespace: data,
    labels: { 'cnpg.io/cluster': names.postgresDrill },
  }
  const operator = namespacePeer(operatorNamespaces.postgres, 'CloudNativePG')
  const { files } = networkPolicies(environment, [
    tcp(operator, drill, [ports.postgres, ports.postgresStatus], 'state of the instance'),
    tcp(drill, peers.apiServer, [environment.network.apiServer.port], 'the instance reads and reports its own state'),
    ...objectStoreFlows(environment, peers, drill, 'the backup'),
  ])
  return (files[data] ?? []).filter(({ spec }) => JSON.stringify(spec).includes(names.postgresDrill))
}
