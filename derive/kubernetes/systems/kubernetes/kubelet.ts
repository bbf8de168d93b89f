import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { labelsOf, type Manifest } from '../../manifest.ts'
import { onlyThese } from '../../monitoring/targets/pod-monitor.ts'
import { KUBERNETES_METRICS } from './metrics.ts'

const FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount'

/**
 * Volumes and containers, as the kubelet of each node measures them. The operator of Prometheus keeps the Service
 * `kube-system/kubelet` that names all nodes. The certificates of kubelets are not checked: some clouds sign them with
 * an authority that no pod is given.
 */
export const kubelet = ({ namespaces }: ClusterEnvironment): Manifest => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
  metadata: { name: 'kubelet', namespace: namespaces.monitoring, labels: labelsOf('targets', 'kubelet') },
  spec: {
    namespaceSelector: { matchNames: ['kube-system'] },
    selector: { matchLabels: { 'app.kubernetes.io/name': 'kubelet' } },
    endpoints: [endpoint('kubelet', '/metrics'), endpoint('cadvisor', '/metrics/cadvisor')],
  },
})

const endpoint = (job: 'kubelet' | 'cadvisor', path: string) => ({
  port: 'https-metrics',
  path,
  scheme: 'https',
  interval: '30s',
  honorLabels: true,
  bearerTokenFile: `${FOLDER}/token`,
  tlsConfig: { caFile: `${FOLDER}/ca.crt`, insecureSkipVerify: true },
  relabelings: [
    { targetLabel: 'job', replacement: job },
    { sourceLabels: ['__meta_kubernetes_endpoint_address_target_name'], targetLabel: 'node' },
  ],
  metricRelabelings: [onlyThese(KUBERNETES_METRICS[job])],
})
