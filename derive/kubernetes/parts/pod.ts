import type { ClusterEnvironment, PoolName, Resources } from '../cluster-environment.ts'
import { POOL_LABEL } from '../names.ts'

/** What Pod Security `restricted` demands of a pod, with the number that its processes run as. */
export const podSecurity = (uid: number) => ({
  runAsNonRoot: true,
  runAsUser: uid,
  runAsGroup: uid,
  fsGroup: uid,
  fsGroupChangePolicy: 'OnRootMismatch' as const,
  seccompProfile: { type: 'RuntimeDefault' as const },
})

/** What Pod Security `restricted` demands of a container, and a root file system that nobody can write to. */
export const containerSecurity = () => ({
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: true,
})

/** Requests and limits as a container has them; `scratch` bounds what it writes to its own disk. */
export const resourcesOf = ({ cpu, memory }: Resources, scratch = '1Gi') => ({
  requests: { cpu: cpu.request, memory: memory.request, 'ephemeral-storage': scratch },
  limits: { cpu: cpu.limit, memory: memory.limit, 'ephemeral-storage': scratch },
})

/** Where pods may run; mutable, as the types of Kubernetes objects want it. */
export type Placement = {
  nodeSelector?: Record<string, string>
  tolerations?: { key: string; operator: 'Equal'; value: string; effect: 'NoSchedule' }[]
}

/** Puts pods on the nodes of one pool; a cluster without pools (one machine) takes them anywhere. */
export const placement = (environment: ClusterEnvironment, pool: PoolName): Placement => {
  if (environment.cloud.kind === 'kind') return {}
  const own = pool === 'general-purpose' ? [] : [{ key: POOL_LABEL, value: pool, effect: 'NoSchedule' as const }]
  const tolerations = [...own, ...environment.pools[pool].taints].map(({ key, value, effect }) => ({
    key,
    operator: 'Equal' as const,
    value,
    effect,
  }))
  return { nodeSelector: { [POOL_LABEL]: pool }, ...(tolerations.length === 0 ? {} : { tolerations }) }
}

/** Spreads pods with these labels over zones, and never puts two of them on one node when `apart` is `always`. */
export const spread = (labels: Readonly<Record<string, string>>, apart: 'preferred' | 'always' = 'preferred') => ({
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: 'ScheduleAnyway' as const,
      labelSelector: { matchLabels: { ...labels } },
    },
  ],
  affinity: {
    podAntiAffinity:
      apart === 'always'
        ? {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { labelSelector: { matchLabels: { ...labels } }, topologyKey: 'kubernetes.io/hostname' },
            ],
          }
        : {
            preferredDuringSchedulingIgnoredDuringExecution: [
              {
                weight: 100,
                podAffinityTerm: {
                  labelSelector: { matchLabels: { ...labels } },
                  topologyKey: 'kubernetes.io/hostname',
                },
              },
            ],
          },
  },
})

/** Whether replicas of a store may share a node: never, except where one machine is all there is. */
export const antiAffinityOf = ({ cloud }: ClusterEnvironment): 'preferred' | 'always' =>
  cloud.kind === 'kind' ? 'preferred' : 'always'

/** The PriorityClass of what everything else stands on: stores and the gateway. */
export const CRITICAL_PRIORITY = 'knowton-critical'

/** The PriorityClass of everything else. */
export const STANDARD_PRIORITY = 'knowton-standard'
