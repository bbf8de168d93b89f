import { type Address, addressAt } from '../../addresses.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'

/** What Prometheus and Alertmanager and its pods are called, and the ports that they open. Operators make further names from these. */
export const PROMETHEUS = {
  names: {
    prometheus: 'knowton',
    alertmanager: 'knowton',
  },
  /** Labels that select the pods of each kind, as they or their operators make them. */
  pods: {
    prometheus: { 'app.kubernetes.io/name': 'prometheus' },
    alertmanager: { 'app.kubernetes.io/name': 'alertmanager' },
  },
  ports: {
    prometheus: 9090,
    alertmanager: 9093,
    alertmanagerMesh: 9094,
  },
} as const

/** HTTP. */
export const prometheusAddress = ({ namespaces }: Pick<ClusterEnvironment, 'namespaces'>): Address =>
  addressAt('prometheus-operated', namespaces.monitoring, PROMETHEUS.ports.prometheus)
