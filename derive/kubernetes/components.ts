import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from './cluster-environment.ts'
import { type Component, type Group, groups, type Manifest } from './manifest.ts'
import { ruleObjects } from './monitoring/rules/rule-files.ts'
import { podMonitor } from './monitoring/targets/pod-monitor.ts'
import { platformComponents } from './platform/components.ts'
import { serviceComponent } from './services/service-component.ts'
import { kubelet } from './systems/kubernetes/kubelet.ts'
import type { Cluster } from './systems/system.ts'
import { clusterOf } from './systems/systems.ts'
import { targets } from './targets.ts'

/** Everything that one cluster gets, in the order of its groups. */
export const components = (platform: PlatformShape, environment: ClusterEnvironment): readonly Component[] =>
  componentsOf(clusterOf(platform, environment))

/**
 * Everything that a cluster with these systems gets. What comes first in `platform` is needed by what follows; within
 * the other groups nothing waits for anything, so they are in the order of their names.
 */
export const componentsOf = (cluster: Cluster): readonly Component[] => {
  const { platform, environment, systems } = cluster
  const all = [
    ...systems.flatMap((system) => system.objects(cluster)),
    ...Object.values(platform.services).map((service) => serviceComponent(platform, environment, service)),
    monitors(cluster),
    { name: 'rules', group: 'monitoring' as const, files: ruleObjects(cluster) },
  ]
  const inGroup = (group: Group) => all.filter((component) => component.group === group).toSorted(byName)
  return [...platformComponents(cluster), ...groups.flatMap(inGroup)]
}

const byName = (one: Component, other: Component): number => (one.name < other.name ? -1 : 1)

/** What Prometheus reads, besides what brings its own monitor. */
const monitors = (cluster: Cluster): Component => ({
  name: 'targets',
  group: 'monitoring',
  files: Object.fromEntries(
    targets(cluster)
      .flatMap(({ monitor, port }): [string, readonly Manifest[]][] =>
        monitor === undefined ? [] : [[monitor.name, [podMonitor(cluster.environment, monitor, port)]]],
      )
      .concat([['kubelet', [kubelet(cluster.environment)]]])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  ),
})
