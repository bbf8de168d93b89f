import type { ClusterEnvironment } from '../../cluster-environment.ts'
import type { Component, Manifest } from '../../manifest.ts'
import { kubelet } from './kubelet.ts'
import { podMonitor } from './pod-monitor.ts'
import { targets } from './targets.ts'

/** What Prometheus reads, besides what brings its own monitor. */
export const monitors = (environment: ClusterEnvironment): Component => ({
  name: 'targets',
  group: 'monitoring',
  files: Object.fromEntries(
    targets(environment)
      .map((target): [string, readonly Manifest[]] => [target.name ?? target.job, [podMonitor(environment, target)]])
      .concat([['kubelet', [kubelet(environment)]]])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  ),
})
