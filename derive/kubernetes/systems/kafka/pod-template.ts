import type { ClusterEnvironment, PoolName } from '../../cluster-environment.ts'
import { containerSecurity, placement, podSecurity, spread } from '../../parts/pod.ts'

/** The number that the processes of Strimzi's images run as. */
const STRIMZI_UID = 1001

/** Where and as whom Strimzi runs a pod; its templates know no nodeSelector, so the pool is an affinity. */
export const strimziPod = (
  environment: ClusterEnvironment,
  pool: PoolName,
  labels: Readonly<Record<string, string>>,
  options: {
    readonly apart: 'preferred' | 'always'
    readonly priority: 'knowton-critical' | 'knowton-standard'
    readonly stopSeconds: number
  },
) => {
  const place = placement(environment, pool)
  const { topologySpreadConstraints, affinity } = spread(labels, options.apart)
  return {
    securityContext: podSecurity(STRIMZI_UID),
    terminationGracePeriodSeconds: options.stopSeconds,
    priorityClassName: options.priority,
    enableServiceLinks: false,
    topologySpreadConstraints,
    affinity: { ...(place.nodeSelector === undefined ? {} : nodeAffinity(place.nodeSelector)), ...affinity },
    ...(place.tolerations === undefined ? {} : { tolerations: place.tolerations }),
  }
}

/** The part of a template that secures one container of the pod. */
export const securedContainer = () => ({ securityContext: containerSecurity() })

const nodeAffinity = (labels: Readonly<Record<string, string>>) => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [
        {
          matchExpressions: Object.entries(labels).map(([key, value]) => ({ key, operator: 'In', values: [value] })),
        },
      ],
    },
  },
})
