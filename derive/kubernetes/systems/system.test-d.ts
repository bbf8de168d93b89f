import { opensearch } from '../../testing/opensearch.ts'
import type { System } from './system.ts'

/** A record that leaves any one part out does not compile; each line here would be an error of its own if it did. */
const { namespace: _namespace, ...withoutNamespace } = opensearch
// @ts-expect-error a system says its namespace
export const lacksNamespace: System = withoutNamespace

const { pods: _pods, ...withoutPods } = opensearch
// @ts-expect-error a system says its pods
export const lacksPods: System = withoutPods

const { ports: _ports, ...withoutPorts } = opensearch
// @ts-expect-error a system says its ports
export const lacksPorts: System = withoutPorts

const { address: _address, ...withoutAddress } = opensearch
// @ts-expect-error a system says its address
export const lacksAddress: System = withoutAddress

const { objects: _objects, ...withoutObjects } = opensearch
// @ts-expect-error a system says its objects
export const lacksObjects: System = withoutObjects

const { flows: _flows, ...withoutFlows } = opensearch
// @ts-expect-error a system says its flows
export const lacksFlows: System = withoutFlows

const { clients: _clients, ...withoutClients } = opensearch
// @ts-expect-error a system says its clients
export const lacksClients: System = withoutClients

const { loads: _loads, ...withoutLoads } = opensearch
// @ts-expect-error a system says its loads
export const lacksLoads: System = withoutLoads

const { secrets: _secrets, ...withoutSecrets } = opensearch
// @ts-expect-error a system says its secrets
export const lacksSecrets: System = withoutSecrets

const { identities: _identities, ...withoutIdentities } = opensearch
// @ts-expect-error a system says its identities
export const lacksIdentities: System = withoutIdentities

const { targets: _targets, ...withoutTargets } = opensearch
// @ts-expect-error a system says its targets
export const lacksTargets: System = withoutTargets

const { metrics: _metrics, ...withoutMetrics } = opensearch
// @ts-expect-error a system says its metrics
export const lacksMetrics: System = withoutMetrics

const { alerts: _alerts, ...withoutAlerts } = opensearch
// @ts-expect-error a system says its alerts
export const lacksAlerts: System = withoutAlerts

const { dashboard: _dashboard, ...withoutDashboard } = opensearch
// @ts-expect-error a system says its dashboard
export const lacksDashboard: System = withoutDashboard

/** Every part of a system is left out above: a part that is added to the type is missing here until it is. */
export const parts = [
  'namespace',
  'pods',
  'ports',
  'address',
  'objects',
  'flows',
  'clients',
  'loads',
  'secrets',
  'identities',
  'targets',
  'metrics',
  'alerts',
  'dashboard',
] as const satisfies readonly (keyof System)[]
export const noneForgotten: Exclude<keyof System, (typeof parts)[number]> extends never ? true : never = true
