import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type FlowPeer, tcp } from '../../flows/flow.ts'
import { namespacePeer, operatorNamespaces, toApiServer } from '../../flows/peers.ts'
import type { Manifest } from '../../manifest.ts'
import { networkPolicies } from '../../platform/network-policies.ts'
import { objectStoreFlows } from '../object-store/flows.ts'
import { POSTGRES } from './names.ts'

/** What the instance of a drill may open, and who may open it: its operator, never a service. */
export const drillPolicies = (environment: ClusterEnvironment): readonly Manifest[] => {
  const { data } = environment.namespaces
  const drill: FlowPeer = {
    kind: 'pods',
    name: 'postgres-drill',
    namespace: data,
    labels: { 'cnpg.io/cluster': POSTGRES.names.drill },
  }
  const operator = namespacePeer(operatorNamespaces.postgres, 'CloudNativePG')
  const { files } = networkPolicies(environment, [
    tcp(operator, drill, [POSTGRES.ports.clients, POSTGRES.ports.status], 'state of the instance'),
    toApiServer(environment, drill, 'the instance reads and reports its own state'),
    ...objectStoreFlows(environment, drill, 'the backup'),
  ])
  return (files[data] ?? []).filter(({ spec }) => JSON.stringify(spec).includes(POSTGRES.names.drill))
}
