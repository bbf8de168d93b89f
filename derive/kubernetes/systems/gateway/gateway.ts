import type { ClusterEnvironment } from '../../cluster-environment.ts'
import type { System } from '../system.ts'
import { gatewayRules } from './alerts.ts'
import { gatewayComponent } from './component.ts'
import { gatewayDashboard } from './dashboard.ts'
import { gatewayFlows, gatewayPeer } from './flows.ts'
import { GATEWAY } from './names.ts'

export const gateway: System = {
  namespace: 'apps',
  pods: GATEWAY.pods,
  ports: GATEWAY.ports,
  address: () => undefined,
  objects: ({ platform, environment }) => [gatewayComponent(platform, environment)],
  flows: gatewayFlows,
  clients: undefined,
  loads: ({ gateway }: ClusterEnvironment) => [
    { what: 'gateway', pods: gateway.maxReplicas + 1, containers: [gateway.resources], volumes: [] },
  ],
  secrets: () => ({}),
  identities: () => [],
  targets: (environment) => [{ peer: gatewayPeer(environment), port: GATEWAY.ports.status, monitor: undefined }],
  metrics: {
    /** Kong 3.9, plugin prometheus with status codes and latencies. */
    gateway: [
      'kong_http_requests_total',
      'kong_request_latency_ms',
      'kong_upstream_latency_ms',
      'kong_kong_latency_ms',
      'kong_nginx_connections_total',
    ],
  },
  alerts: () => ({ gateway: gatewayRules }),
  dashboard: () => gatewayDashboard,
}
