import type { System } from '../system.ts'
import { credentialRules } from './credential-alerts.ts'
import { kubernetesDashboard } from './dashboard.ts'
import { KUBERNETES_METRICS } from './metrics.ts'
import { nodeRules } from './node-alerts.ts'
import { kubernetesTargets, PORTS } from './targets.ts'
import { workloadRules } from './workload-alerts.ts'

export const kubernetes: System = {
  namespace: undefined,
  pods: {},
  ports: PORTS,
  address: () => undefined,
  objects: () => [],
  flows: () => [],
  clients: undefined,
  loads: () => [],
  secrets: () => ({}),
  identities: () => [],
  targets: kubernetesTargets,
  metrics: KUBERNETES_METRICS,
  alerts: (environment) => ({
    kubernetes: [...workloadRules(environment), ...nodeRules],
    credentials: credentialRules,
  }),
  dashboard: () => kubernetesDashboard,
}
