import { type Answers, dropped, droppedUntil, moved } from '../answer.ts'

const pool = (name: string, workloads: Answers): Answers => ({
  [`Cluster.Node Pools[${name}].name`]: moved('Cluster', `pools.${name}.name`),
  [`Cluster.Node Pools[${name}].instance_type`]: moved(
    'Cluster',
    `pools.${name}.instanceTypes.eks`,
    'The same type; what it has is not written beside it. Google and Azure have the type of the same size.',
  ),
  [`Cluster.Node Pools[${name}].min_nodes`]: moved('Cluster', `pools.${name}.minNodes`),
  [`Cluster.Node Pools[${name}].max_nodes`]: moved('Cluster', `pools.${name}.maxNodes`),
  ...workloads,
})
const POD = 'spec.template.spec.nodeSelector.knowton.io/pool'
const CHOSEN = 'A pool cannot list what runs on it; the pods of this service choose the pool.'

/** The cluster, its pools and its namespaces. */
export const clusterAnswers: Readonly<Record<string, Answers>> = {
  Cluster: {
    'Cluster.Provider': moved('Cluster', 'cloud.kind', 'One word of the environment chooses; all three are rendered.'),
    'Cluster.Kubernetes Version': moved(
      'Cluster',
      'kubernetesVersion',
      '1.28 ended in October 2024; 1.35 is offered by all three clouds and supported by every operator.',
    ),
    ...pool('general-purpose', {
      'Cluster.Node Pools[general-purpose].auto_scaling': moved(
        'Cluster',
        'pools.general-purpose.maxNodes',
        'Every pool scales between its two limits.',
      ),
    }),
    ...pool('compute-optimized', {
      'Cluster.Node Pools[compute-optimized].workloads[0]': moved('Deployment/asset-tokenization', POD, CHOSEN),
      'Cluster.Node Pools[compute-optimized].workloads[1]': droppedUntil(
        'Deployment/bonding-service',
        'bonding-service is not declared yet; once it is, it is rendered like the others.',
      ),
    }),
    ...pool('memory-optimized', {
      'Cluster.Node Pools[memory-optimized].workloads[0]': moved('Deployment/analytics-service', POD, CHOSEN),
      'Cluster.Node Pools[memory-optimized].workloads[1]': moved(
        'ClickHouseInstallation/knowton-clickhouse',
        'spec.templates.podTemplates[clickhouse-pod].spec.nodeSelector.knowton.io/pool',
        CHOSEN,
      ),
    }),
    'Cluster.Node Pools[memory-optimized].max_nodes': moved(
      'Cluster',
      'pools.memory-optimized.maxNodes',
      'Six ClickHouse pods take a node each; with six nodes none is left for analytics-service or to replace one.',
    ),
    ...pool('gpu-nodes', {
      'Cluster.Node Pools[gpu-nodes].workloads[0]': moved(
        'Deployment/torchserve-inference',
        POD,
        'The pods of the model server choose the pool.',
      ),
      'Cluster.Node Pools[gpu-nodes].taints[0]': moved('Cluster', 'pools.gpu-nodes.taints[0]'),
    }),
  },
  'Namespace/knowton-staging': {
    '': dropped('Production has no staging in it: staging is a cluster of its own, rendered in k8s/overlays/staging.'),
  },
}
