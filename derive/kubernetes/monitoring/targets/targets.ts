import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { operatorNamespaces } from '../../flows/peers.ts'
import { ports } from '../../flows/ports.ts'
import { podLabels } from '../../names.ts'
import { hasCruiseControl } from '../../systems/kafka/cruise-control.ts'
import { metricsOf } from '../metrics/metrics.ts'
import type { Target } from './target.ts'

/** Everything that is read besides what serves requests: services, gateway and models bring monitors of their own. */
export const targets = (environment: ClusterEnvironment): readonly Target[] => [
  ...dataTargets(environment),
  ...monitoringTargets(environment),
  ...clusterTargets(environment),
]

const dataTargets = (environment: ClusterEnvironment): readonly Target[] => {
  const { namespaces, gateway } = environment
  const at = (job: string, labels: Readonly<Record<string, string>>, port: number, name = job): Target => ({
    job,
    name,
    namespace: namespaces.data,
    labels,
    port,
  })
  return [
    at('kafka', podLabels.kafkaBrokers, ports.kafkaMetrics),
    at('kafka-exporter', podLabels.kafkaExporter, ports.kafkaMetrics),
    ...(hasCruiseControl(environment) ? [at('kafka-cruise-control', podLabels.cruiseControl, ports.kafkaMetrics)] : []),
    at('postgres', podLabels.postgres, ports.postgresMetrics),
    at('postgres-pooler', podLabels.postgresPooler, ports.poolerMetrics),
    at('clickhouse', podLabels.clickhouse, ports.clickhouseMetrics),
    at('clickhouse-keeper', podLabels.keeper, ports.keeperMetrics),
    at('redis', podLabels.redisLeader, ports.redisMetrics, 'redis-leader'),
    at('redis', podLabels.redisFollower, ports.redisMetrics, 'redis-follower'),
    ...(gateway.rateLimits === 'redis' ? [at('rate-limits', podLabels.rateLimits, ports.redisMetrics)] : []),
    at('weaviate', podLabels.weaviate, ports.weaviateMetrics),
  ]
}

const monitoringTargets = ({ namespaces: { monitoring } }: ClusterEnvironment): readonly Target[] => [
  { job: 'prometheus', namespace: monitoring, labels: podLabels.prometheus, port: ports.prometheus },
  { job: 'alertmanager', namespace: monitoring, labels: podLabels.alertmanager, port: ports.alertmanager },
  { job: 'grafana', namespace: monitoring, labels: podLabels.grafana, port: ports.grafana },
]

const clusterTargets = ({ inference, cloud }: ClusterEnvironment): readonly Target[] => [
  {
    job: 'kube-state-metrics',
    namespace: operatorNamespaces.metrics,
    labels: { 'app.kubernetes.io/name': 'kube-state-metrics' },
    port: ports.kubeStateMetrics,
    honorLabels: true,
    keep: metricsOf('kube-state-metrics'),
  },
  {
    job: 'node-exporter',
    namespace: operatorNamespaces.nodeMetrics,
    labels: { 'app.kubernetes.io/name': 'prometheus-node-exporter' },
    port: ports.nodeExporter,
  },
  {
    job: 'cert-manager',
    namespace: operatorNamespaces.certificates,
    labels: { 'app.kubernetes.io/name': 'cert-manager', 'app.kubernetes.io/component': 'controller' },
    port: ports.certificateMetrics,
    honorLabels: true,
  },
  {
    job: 'external-secrets',
    namespace: operatorNamespaces.secrets,
    labels: { 'app.kubernetes.io/name': 'external-secrets' },
    port: ports.secretMetrics,
    honorLabels: true,
  },
  ...(inference.gpus > 0 && cloud.kind !== 'gke'
    ? [
        {
          job: 'gpu',
          namespace: operatorNamespaces.gpu,
          labels: { 'app.kubernetes.io/name': 'dcgm-exporter' },
          port: ports.gpuMetrics,
        },
      ]
    : []),
]
