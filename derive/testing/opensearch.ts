import { addressAt } from '../kubernetes/addresses.ts'
import { tcp } from '../kubernetes/flows/flow.ts'
import { namespacePeer, podsIn } from '../kubernetes/flows/peers.ts'
import { labelsOf } from '../kubernetes/manifest.ts'
import { graph, line } from '../kubernetes/monitoring/dashboards/panel.ts'
import { alert } from '../kubernetes/monitoring/rules/rule.ts'
import { stays } from '../kubernetes/monitoring/rules/series.ts'
import type { System } from '../kubernetes/systems/system.ts'
import { podTarget } from '../kubernetes/targets.ts'
import { backupIdentity } from '../kubernetes/workload-identity.ts'

const pods = { nodes: { 'opster.io/opensearch-cluster': 'toy-search' } } as const
const ports = { http: 9200, transport: 9300, metrics: 9114 } as const
const resources = { cpu: { request: '1', limit: '2' }, memory: { request: '2Gi', limit: '4Gi' } }

/** A system that no platform of ours has: an OpenSearch cluster of three nodes, which services with a cache search in. */
export const opensearch = {
  namespace: 'data',
  pods,
  ports,
  address: ({ namespaces }) => addressAt('toy-search', namespaces.data, ports.http),
  objects: ({ environment }) => [
    {
      name: 'opensearch',
      group: 'data',
      files: {
        cluster: [
          {
            apiVersion: 'opensearch.opster.io/v1',
            kind: 'OpenSearchCluster',
            metadata: {
              name: 'toy-search',
              namespace: environment.namespaces.data,
              labels: labelsOf('opensearch'),
            },
            spec: { nodePools: [{ component: 'nodes', replicas: 3, diskSize: '30Gi' }] },
          },
        ],
      },
    },
  ],
  flows: ({ environment }) => {
    const nodes = podsIn(environment.namespaces.data)('opensearch', pods.nodes)
    return [
      tcp(nodes, nodes, [ports.transport], 'replication and elections'),
      tcp(namespacePeer('opensearch-system', 'OpenSearch operator'), nodes, [ports.http], 'state of the nodes'),
    ]
  },
  clients: {
    usedBy: ({ needs }) => needs.includes('cache'),
    flows: ({ environment }, from) => [
      tcp(from, podsIn(environment.namespaces.data)('opensearch', pods.nodes), [ports.http], 'full-text search'),
    ],
    variables: ['OPENSEARCH_URL'],
  },
  loads: () => [{ what: 'OpenSearch', pods: 3, containers: [resources], volumes: ['30Gi'] }],
  secrets: () => ({ opensearch: { password: { kind: 'password' } } }),
  identities: ({ environment }) => [backupIdentity('opensearch', environment, 'toy-search')],
  targets: ({ namespaces }) => [
    podTarget('opensearch', podsIn(namespaces.data)('opensearch', pods.nodes), ports.metrics),
  ],
  metrics: { opensearch: ['opensearch_cluster_status'] },
  alerts: () => ({
    opensearch: [
      {
        name: 'opensearch',
        rules: [
          alert('OpenSearchRed', {
            expr: 'max(opensearch_cluster_status) == 2',
            forMinutes: 5,
            severity: 'critical',
            says: 'Indexes have shards that no node holds.',
            fix: 'See which node is gone.',
            test: {
              fires: { opensearch_cluster_status: stays(2) },
              quiet: { opensearch_cluster_status: stays(0) },
              labels: {},
            },
          }),
        ],
      },
    ],
  }),
  dashboard: () => ({
    uid: 'opensearch',
    title: 'OpenSearch',
    about: 'Full-text search.',
    rows: [{ title: 'All', panels: [graph('Status', 'short', line('opensearch_cluster_status'))] }],
  }),
} as const satisfies System
