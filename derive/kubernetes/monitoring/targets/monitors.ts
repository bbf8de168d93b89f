import type { Component, Manifest } from '../../manifest.ts'
import { kubelet } from '../../systems/kubernetes/kubelet.ts'
import type { Cluster } from '../../systems/system.ts'
import { targets } from '../../targets.ts'
import { podMonitor } from './pod-monitor.ts'

/** What Prometheus reads, besides what brings its own monitor. */
export const monitors = (cluster: Cluster): Component => ({
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
