import { clientSystems, systemVariables } from '@knowton/core'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { podTarget } from '../../targets.ts'
import { backupIdentity } from '../../workload-identity.ts'
import type { System } from '../system.ts'
import { weaviateRules } from './alerts.ts'
import { weaviateComponent } from './component.ts'
import { weaviateDashboard } from './dashboard.ts'
import { weaviateClientFlows, weaviateFlows, weaviatePeers } from './flows.ts'
import { WEAVIATE, weaviateAddress } from './names.ts'

export const weaviate: System = {
  namespace: 'data',
  pods: WEAVIATE.pods,
  ports: WEAVIATE.ports,
  address: weaviateAddress,
  objects: ({ environment }) => [weaviateComponent(environment)],
  flows: weaviateFlows,
  clients: {
    usedBy: clientSystems.weaviate.usedBy,
    flows: weaviateClientFlows,
    variables: systemVariables('weaviate'),
  },
  loads: ({ weaviate }: ClusterEnvironment) => [
    { what: 'Weaviate', pods: weaviate.replicas, containers: [weaviate.resources], volumes: [weaviate.storage] },
  ],
  secrets: ({ environment }) => ({
    weaviate: { apiKey: { kind: 'password' }, clusterPassword: { kind: 'password' } },
    ...(environment.weaviate.openai
      ? { openai: { apiKey: { kind: 'supplied', what: 'a key of api.openai.com' } } }
      : {}),
  }),
  identities: ({ environment }) => [backupIdentity('weaviate', environment, WEAVIATE.names.weaviate)],
  targets: (environment) => [podTarget('weaviate', weaviatePeers(environment).replicas, WEAVIATE.ports.metrics)],
  metrics: {
    /** weaviate/usecases/monitoring/prometheus.go. */
    weaviate: ['object_count', 'queries_durations_ms', 'weaviate_vector_index_memory_allocation_rejected_total'],
  },
  alerts: (environment) => ({ weaviate: weaviateRules(environment) }),
  dashboard: () => weaviateDashboard,
}
