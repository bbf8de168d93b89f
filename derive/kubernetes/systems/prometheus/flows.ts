import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Flow, tcp, tcpAndUdp } from '../../flows/flow.ts'
import { namespacePeer, operatorNamespaces, outside, podsIn, servicePeer, toApiServer } from '../../flows/peers.ts'
import { ports } from '../../flows/ports.ts'
import { SERVICE_PORT } from '../../names.ts'
import { targets } from '../../targets.ts'
import type { Cluster } from '../system.ts'
import { PROMETHEUS } from './names.ts'

/** Prometheus and Alertmanager as ends of connections. */
export const prometheusPeers = ({ namespaces }: ClusterEnvironment) => {
  const at = podsIn(namespaces.monitoring)
  return {
    prometheus: at('prometheus', PROMETHEUS.pods.prometheus),
    alertmanager: at('alertmanager', PROMETHEUS.pods.alertmanager),
  }
}

/** What Prometheus reads, who asks it, and what Alertmanager opens. */
export const prometheusFlows = (cluster: Cluster): readonly Flow[] => {
  const { platform, environment } = cluster
  const { prometheus, alertmanager } = prometheusPeers(environment)
  const services = Object.keys(platform.services).map((name) => ({
    peer: servicePeer(environment, name),
    port: SERVICE_PORT,
  }))
  return [
    ...[...services, ...targets(cluster)].map(({ peer, port }) => tcp(prometheus, peer, [port], 'metrics')),
    toApiServer(environment, prometheus, 'what there is to scrape'),
    tcp(prometheus, alertmanager, [PROMETHEUS.ports.alertmanager], 'alerts'),
    tcpAndUdp(alertmanager, alertmanager, [PROMETHEUS.ports.alertmanagerMesh], 'which alerts were already sent'),
    tcp(alertmanager, outside(environment).internet, [ports.https], 'the address that alerts are posted to'),
    tcp(
      namespacePeer(operatorNamespaces.keda, 'KEDA'),
      prometheus,
      [PROMETHEUS.ports.prometheus],
      'the lag by which services are scaled',
    ),
  ]
}
