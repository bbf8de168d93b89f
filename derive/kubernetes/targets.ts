import type { FlowPeer } from './flows/flow.ts'
import type { Cluster, MonitorSpec, Target } from './systems/system.ts'

/** Pods whose metrics are read under the name of `job`. */
export const podTarget = (
  job: string,
  peer: Extract<FlowPeer, { kind: 'pods' }>,
  port: number,
  name = job,
): Target => ({
  peer,
  port,
  monitor: { job, name, namespace: peer.namespace, labels: peer.labels },
})

/** Everything that Prometheus reads besides the services, which bring monitors of their own. */
export const targets = ({ environment, systems }: Cluster): readonly Target[] =>
  systems.flatMap((system) => system.targets(environment))

/** How Prometheus finds what has no monitor of its own. */
export const monitorSpecs = (cluster: Cluster): readonly MonitorSpec[] =>
  targets(cluster).flatMap(({ monitor }) => (monitor === undefined ? [] : [monitor]))
