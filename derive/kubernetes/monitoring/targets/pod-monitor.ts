import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { labelsOf, type Manifest } from '../../manifest.ts'
import type { MonitorSpec } from '../../systems/system.ts'

/** The monitor by which Prometheus finds the pods of a target. */
export const podMonitor = ({ namespaces }: ClusterEnvironment, target: MonitorSpec, port: number): Manifest => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
  metadata: {
    name: target.name,
    namespace: namespaces.monitoring,
    labels: labelsOf('targets', target.name),
  },
  spec: {
    namespaceSelector: { matchNames: [target.namespace] },
    selector: { matchLabels: target.labels },
    podMetricsEndpoints: [
      {
        portNumber: port,
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
