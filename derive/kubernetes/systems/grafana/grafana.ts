import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { podTarget } from '../../targets.ts'
import type { System } from '../system.ts'
import { grafanaComponent } from './component.ts'
import { grafanaFlows, grafanaPeer } from './flows.ts'
import { GRAFANA } from './names.ts'

export const grafana: System = {
  namespace: 'monitoring',
  pods: GRAFANA.pods,
  ports: GRAFANA.ports,
  address: () => undefined,
  objects: (cluster) => [grafanaComponent(cluster)],
  flows: grafanaFlows,
  clients: undefined,
  loads: ({ monitoring }: ClusterEnvironment) => [
    { what: 'Grafana', pods: monitoring.grafanaReplicas + 1, containers: [monitoring.grafana], volumes: [] },
  ],
  secrets: () => ({
    grafana: {
      username: { kind: 'fixed', value: 'admin' },
      password: { kind: 'password' },
      secretKey: { kind: 'password' },
    },
  }),
  identities: () => [],
  targets: (environment) => [podTarget('grafana', grafanaPeer(environment), GRAFANA.ports.http)],
  metrics: {},
  alerts: () => ({}),
  dashboard: () => undefined,
}
