import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { labelsOf, type Manifest } from '../../manifest.ts'
import type { Target } from './target.ts'

/** The monitor by which Prometheus finds the pods of a target. */
export const podMonitor = ({ namespaces }: ClusterEnvironment, target: Target): Manifest => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
  metadata: {
    name: target.name ?? target.job,
    namespace: namespaces.monitoring,
    labels: labelsOf('targets', target.name ?? target.job),
  },
  spec: {
    namespaceSelector: { matchNames: [target.namespace] },
    selector: { matchLabels: target.labels },
    podMetricsEndpoints: [
      {
        portNumber: target.port,
        path: '/metrics',
        interval: '15s',
        ...(target.honorLabels === undefined ? {} : { honorLabels: true }),
        relabelings: [
          { targetLabel: 'job', replacement: target.job },
          { sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' },
        ],
        ...(target.keep === undefined ? {} : { metricRelabelings: [onlyThese(target.keep)] }),
      },
    ],
  },
})

/** Drops every metric of another name. */
export const onlyThese = (metrics: readonly string[]) => ({
  sourceLabels: ['__name__'],
  regex: metrics.join('|'),
  action: 'keep',
})
