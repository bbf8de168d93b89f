import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { namespacePeer, operatorNamespaces, outside, podsIn } from '../../flows/peers.ts'
import { podTarget } from '../../targets.ts'
import type { Target } from '../system.ts'
import { KUBERNETES_METRICS } from './metrics.ts'

/** Where nodes and the operators of the cluster serve their metrics. */
export const PORTS = {
  kubelet: 10_250,
  nodeExporter: 9100,
  kubeStateMetrics: 8080,
  gpuMetrics: 9400,
  certManager: 9402,
  externalSecrets: 8080,
} as const

/** What Prometheus reads of nodes, of the objects of the cluster and of its operators. */
export const kubernetesTargets = (environment: ClusterEnvironment): readonly Target[] => [
  // the component of the targets brings a ServiceMonitor for kubelets
  { peer: outside(environment).nodes, port: PORTS.kubelet, monitor: undefined },
  objectsOfTheCluster(),
  {
    // node exporters share the address of their node
    peer: outside(environment).nodes,
    port: PORTS.nodeExporter,
    monitor: {
      job: 'node-exporter',
      name: 'node-exporter',
      namespace: operatorNamespaces.nodeMetrics,
      labels: { 'app.kubernetes.io/name': 'prometheus-node-exporter' },
    },
  },
  operator('cert-manager', operatorNamespaces.certificates, 'cert-manager', PORTS.certManager, {
    'app.kubernetes.io/name': 'cert-manager',
    'app.kubernetes.io/component': 'controller',
  }),
  operator('external-secrets', operatorNamespaces.secrets, 'External Secrets', PORTS.externalSecrets, {
    'app.kubernetes.io/name': 'external-secrets',
  }),
  ...gpus(environment),
]

const objectsOfTheCluster = (): Target => {
  const peer = podsIn(operatorNamespaces.metrics)('kube-state-metrics', {
    'app.kubernetes.io/name': 'kube-state-metrics',
  })
  return {
    peer,
    port: PORTS.kubeStateMetrics,
    monitor: {
      job: 'kube-state-metrics',
      name: 'kube-state-metrics',
      namespace: peer.namespace,
      labels: peer.labels,
      honorLabels: true,
      keep: KUBERNETES_METRICS['kube-state-metrics'],
    },
  }
}

const operator = (
  job: string,
  namespace: string,
  title: string,
  port: number,
  labels: Readonly<Record<string, string>>,
): Target => ({
  peer: namespacePeer(namespace, title),
  port,
  monitor: { job, name: job, namespace, labels, honorLabels: true },
})

/** On GKE the exporter is Google's own, which brings a monitor. */
const gpus = ({ cloud, inference }: ClusterEnvironment): readonly Target[] => {
  if (inference.gpus === 0) return []
  const peer = podsIn(operatorNamespaces.gpu)('GPU metrics', { 'app.kubernetes.io/name': 'dcgm-exporter' })
  const target = podTarget('gpu', peer, PORTS.gpuMetrics)
  return [cloud.kind === 'gke' ? { ...target, monitor: undefined } : target]
}
