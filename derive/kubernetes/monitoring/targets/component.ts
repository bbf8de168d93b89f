import type { ClusterEnvironment } from '../../cluster-environment.ts'
import type { Component } from '../../manifest.ts'
import { kubelet } from './kubelet.ts'
import { podMonitor } from './pod-monitor.ts'
import { targets } from './targets.ts'

/** What Prometheus reads, besides what brings its own monitor. */
export const monitors = (environment: ClusterEnvironment): Component => ({
  name: 'targets',
  group: 'monitoring',
  files: {
    ...Object.fromEntries(
      targets(environment).map((target) => [target.name ?? target.job, [podMonitor(environment, target)]]),
    ),
    kubelet: [kubelet(environment)],
  },
})
