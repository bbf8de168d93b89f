import type { ClusterEnvironment } from '../cluster-environment.ts'
import { podLabels, servicePodLabels } from '../names.ts'
import type { FlowPeer } from './flow.ts'

/** Where the operators run. The label of an operator's pods differs between its chart and its manifest, so a whole namespace is named. */
export const operatorNamespaces = {
  postgres: 'cnpg-system',
  kafka: 'strimzi-system',
  clickhouse: 'clickhouse-system',
  redis: 'redis-system',
  keda: 'keda',
  certificates: 'cert-manager',
  secrets: 'external-secrets',
  prometheus: 'prometheus-operator',
  delivery: 'argocd',
  gpu: 'gpu-operator',
  /** What counts the objects of the cluster. */
  metrics: 'kube-metrics',
  /** The node exporters, which read the file systems of nodes. */
  nodeMetrics: 'node-metrics',
} as const

/** Addresses that never belong to the internet (RFC 6890): private, shared, link-local, loopback. */
export const notPublic = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
] as const

/** Every end of a connection inside a cluster that is not a declared service. */
export const peersOf = ({ namespaces: { apps, data, monitoring }, network }: ClusterEnvironment) => {
  const app = pods(apps)
  const store = pods(data)
  const watcher = pods(monitoring)
  return {
    gateway: app('kong-gateway', podLabels.gateway),
    migrations: app('migrations', podLabels.migrations),
    inference: app('inference', podLabels.inference),
    postgres: store('postgres', podLabels.postgres),
    pooler: store('postgres-pooler', podLabels.postgresPooler),
    kafka: store('kafka', podLabels.kafkaBrokers),
    kafkaEntityOperator: store('kafka-entity-operator', podLabels.kafkaEntityOperator),
    kafkaExporter: store('kafka-exporter', podLabels.kafkaExporter),
    cruiseControl: store('kafka-cruise-control', podLabels.cruiseControl),
    clickhouse: store('clickhouse', podLabels.clickhouse),
    keeper: store('clickhouse-keeper', podLabels.keeper),
    redisLeader: store('redis-leader', podLabels.redisLeader),
    redisFollower: store('redis-follower', podLabels.redisFollower),
    rateLimits: store('redis-rate-limits', podLabels.rateLimits),
    weaviate: store('weaviate', podLabels.weaviate),
    weaviateBackup: store('weaviate-backup', podLabels.weaviateBackup),
    objectStore: store('object-store', podLabels.objectStore),
    prometheus: watcher('prometheus', podLabels.prometheus),
    alertmanager: watcher('alertmanager', podLabels.alertmanager),
    grafana: watcher('grafana', podLabels.grafana),
    dns: pods('kube-system')('cluster DNS', { 'k8s-app': 'kube-dns' }),
    kubeStateMetrics: pods(operatorNamespaces.metrics)('kube-state-metrics', {
      'app.kubernetes.io/name': 'kube-state-metrics',
    }),
    gpuMetrics: pods(operatorNamespaces.gpu)('GPU metrics', {
      'app.kubernetes.io/name': 'dcgm-exporter',
    }),
    nodes: addresses('nodes', [network.nodes]),
    apiServer: addresses('Kubernetes API', [network.apiServer.cidr]),
    chainRpc:
      network.chainRpc === 'public'
        ? addresses('chain RPC', ['0.0.0.0/0'], notPublic)
        : addresses('chain RPC', [network.chainRpc.cidr]),
    internet: addresses('public HTTPS', ['0.0.0.0/0'], notPublic),
    world: addresses('the world', ['0.0.0.0/0', '::/0']),
    googleMetadata: addresses('metadata server', ['169.254.169.252/32', '169.254.169.254/32']),
  } as const
}
export type Peers = ReturnType<typeof peersOf>

/** The pods of a declared service. */
export const servicePeer = ({ namespaces }: ClusterEnvironment, service: string): FlowPeer =>
  pods(namespaces.apps)(service, servicePodLabels(service))

/** Every pod of a namespace. */
export const namespacePeer = (namespace: string, name: string): FlowPeer => pods(namespace)(name, {})

const pods =
  (namespace: string) =>
  (name: string, labels: Readonly<Record<string, string>>): FlowPeer => ({ kind: 'pods', name, namespace, labels })

const addresses = (name: string, cidrs: readonly string[], except: readonly string[] = []): FlowPeer => ({
  kind: 'addresses',
  name,
  cidrs,
  except,
})
