import type { Resources } from './cluster-environment.ts'
import type { Cluster, Load } from './systems/system.ts'

/** A container that an operator puts beside ours without asking: an exporter, a reloader, a backup plugin. */
export const beside: Resources = {
  cpu: { request: '100m', limit: '500m' },
  memory: { request: '128Mi', limit: '512Mi' },
}

/** Everything that may run in each namespace at once: autoscalers at their maximum, one pod more while versions change. */
export const loads = ({
  platform,
  environment,
  systems,
}: Cluster): Readonly<Record<'apps' | 'data' | 'monitoring', readonly Load[]>> => {
  const of = (wanted: 'apps' | 'data' | 'monitoring') =>
    systems.filter(({ namespace }) => namespace === wanted).flatMap((system) => system.loads(environment))
  const services = Object.values(platform.services).map(({ name, size }) => ({
    what: name,
    // the old and the new version, and the migration before it
    pods: environment.sizes[size].maxReplicas + 2,
    containers: [environment.sizes[size].resources],
    volumes: [],
  }))
  return { apps: [...of('apps'), ...services], data: of('data'), monitoring: of('monitoring') }
}
