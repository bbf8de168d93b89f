import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Flow, tcp } from '../../flows/flow.ts'
import { podsIn } from '../../flows/peers.ts'
import { prometheusPeers } from '../prometheus/flows.ts'
import { PROMETHEUS } from '../prometheus/names.ts'
import type { Cluster } from '../system.ts'
import { GRAFANA } from './names.ts'

/** Grafana as an end of connections. */
export const grafanaPeer = ({ namespaces }: ClusterEnvironment) =>
  podsIn(namespaces.monitoring)('grafana', GRAFANA.pods.grafana)

export const grafanaFlows = ({ environment }: Cluster): readonly Flow[] => [
  tcp(
    grafanaPeer(environment),
    prometheusPeers(environment).prometheus,
    [PROMETHEUS.ports.prometheus],
    'queries of the dashboards',
  ),
]
