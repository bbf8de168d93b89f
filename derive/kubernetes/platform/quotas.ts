import type { ILimitRange, IResourceQuota } from 'kubernetes-models/v1'
import { loads } from '../loads.ts'
import { type Component, labelsOf } from '../manifest.ts'
import { bytes, cores, cpuMillis, gibibytes } from '../parts/quantities.ts'
import type { Cluster, Load } from '../systems/system.ts'

/** A quarter more than everything at its maximum: jobs of operators, pods that end slowly, a volume that is grown. */
const HEADROOM = 1.25

/**
 * What a namespace may ask for in all: enough for every declared maximum at once, so that a quota stops a mistake and
 * never an autoscaler. A container that says nothing gets small numbers, since a quota refuses pods without any.
 */
export const quotas = (cluster: Cluster): Component => {
  const { environment } = cluster
  const of = loads(cluster)
  const { apps, data, monitoring } = environment.namespaces
  return {
    name: 'quotas',
    group: 'platform',
    files: {
      [apps]: [resourceQuota(apps, of.apps, 1), limitRange(apps)],
      [data]: [resourceQuota(data, of.data, 0), limitRange(data)],
      [monitoring]: [resourceQuota(monitoring, of.monitoring, 0), limitRange(monitoring)],
    },
  }
}

const resourceQuota = (namespace: string, loads: readonly Load[], loadBalancers: number) => {
  const volumes = loads.flatMap(({ pods, volumes }) => Array.from({ length: pods }, () => volumes).flat())
  const gpus = sum(loads, ({ pods, gpus = 0 }) => pods * gpus)
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'everything', namespace, labels: labelsOf('quotas', 'everything') },
    spec: {
      hard: {
        pods: String(Math.ceil(HEADROOM * sum(loads, ({ pods }) => pods))),
        'requests.cpu': cores(HEADROOM * total(loads, ({ cpu }) => cpuMillis(cpu.request))),
        'limits.cpu': cores(HEADROOM * total(loads, ({ cpu }) => cpuMillis(cpu.limit))),
        'requests.memory': gibibytes(HEADROOM * total(loads, ({ memory }) => bytes(memory.request))),
        'limits.memory': gibibytes(HEADROOM * total(loads, ({ memory }) => bytes(memory.limit))),
        'requests.storage': gibibytes(HEADROOM * sum(volumes, bytes)),
        persistentvolumeclaims: String(Math.ceil(HEADROOM * volumes.length)),
        'services.loadbalancers': String(loadBalancers),
        'requests.nvidia.com/gpu': String(gpus),
      },
    },
  } satisfies IResourceQuota
}

const limitRange = (namespace: string) =>
  ({
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'containers', namespace, labels: labelsOf('quotas', 'containers') },
    spec: {
      limits: [
        {
          type: 'Container',
          default: { cpu: '500m', memory: '512Mi', 'ephemeral-storage': '1Gi' },
          defaultRequest: { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '256Mi' },
        },
      ],
    },
  }) satisfies ILimitRange

const total = (loads: readonly Load[], of: (container: Load['containers'][number]) => number): number =>
  sum(loads, ({ pods, containers }) => pods * sum(containers, of))

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((before, item) => before + of(item), 0)
