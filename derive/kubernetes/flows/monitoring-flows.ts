import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import { SERVICE_PORT } from '../names.ts'
import { hasCruiseControl } from '../systems/kafka/cruise-control.ts'
import { type Flow, type FlowPeer, tcp, tcpAndUdp } from './flow.ts'
import { namespacePeer, operatorNamespaces, type Peers, servicePeer } from './peers.ts'
import { ports } from './ports.ts'

/** What Prometheus reads, and what Alertmanager and Grafana open. */
export const monitoringFlows = (
  platform: PlatformShape,
  environment: ClusterEnvironment,
  peers: Peers,
): readonly Flow[] => [
  ...scraped(platform, environment, peers).map(([to, port]) => tcp(peers.prometheus, to, [port], 'metrics')),
  tcp(peers.prometheus, peers.apiServer, [environment.network.apiServer.port], 'what there is to scrape'),
  tcp(peers.prometheus, peers.alertmanager, [ports.alertmanager], 'alerts, and the metrics of Alertmanager'),
  tcpAndUdp(peers.alertmanager, peers.alertmanager, [ports.alertmanagerMesh], 'which alerts were already sent'),
  tcp(peers.alertmanager, peers.internet, [ports.https], 'the address that alerts are posted to'),
  tcp(peers.grafana, peers.prometheus, [ports.prometheus], 'queries of the dashboards'),
  tcp(
    namespacePeer(operatorNamespaces.keda, 'KEDA'),
    peers.prometheus,
    [ports.prometheus],
    'the lag by which services are scaled',
  ),
]

const scraped = (
  platform: PlatformShape,
  environment: ClusterEnvironment,
  peers: Peers,
): readonly (readonly [to: FlowPeer, port: number])[] => [
  [peers.gateway, ports.gatewayStatus],
  ...Object.keys(platform.services).map((name) => [servicePeer(environment, name), SERVICE_PORT] as const),
  [peers.inference, ports.inferenceMetrics],
  [peers.postgres, ports.postgresMetrics],
  [peers.pooler, ports.poolerMetrics],
  [peers.kafka, ports.kafkaMetrics],
  [peers.kafkaExporter, ports.kafkaMetrics],
  ...(hasCruiseControl(environment) ? [[peers.cruiseControl, ports.kafkaMetrics] as const] : []),
  [peers.clickhouse, ports.clickhouseMetrics],
  [peers.keeper, ports.keeperMetrics],
  [peers.redisLeader, ports.redisMetrics],
  [peers.redisFollower, ports.redisMetrics],
  ...(environment.gateway.rateLimits === 'redis' ? [[peers.rateLimits, ports.redisMetrics] as const] : []),
  [peers.weaviate, ports.weaviateMetrics],
  [peers.prometheus, ports.prometheus],
  [peers.grafana, ports.grafana],
  [peers.nodes, ports.kubelet],
  [peers.nodes, ports.nodeExporter],
  [peers.kubeStateMetrics, ports.kubeStateMetrics],
  [namespacePeer(operatorNamespaces.certificates, 'cert-manager'), ports.certificateMetrics],
  [namespacePeer(operatorNamespaces.secrets, 'External Secrets'), ports.secretMetrics],
  ...(environment.inference.gpus > 0 ? [[peers.gpuMetrics, ports.gpuMetrics] as const] : []),
]
